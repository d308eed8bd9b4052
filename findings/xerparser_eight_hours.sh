#!/usr/bin/env bash
# xerparser 0.13.9 (PyPI): durations, float and lags of a Primavera schedule (XER) are given in days of eight hours, cut to whole
# days, whatever the calendar that the same library has read says. Five days of ten hours are six; four days of float are five; an
# activity that is seven hours late has a float of 0; a lag of four days is five.
# Seen: calendar 10.0 hours a day; Busbars 50.0 h: 6 days, float 40.0 h: 5; Wiring 50.0 h: 6 days, float -7.0 h: 0; lag 40 h: 5
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install xerparser==0.13.9
seen=$(venv/bin/python - <<'P'
from xerparser import Xer
DAY = "(0||0(s|07:00|f|12:00)())(0||1(s|13:00|f|18:00)())"
WEEK = "".join(f"(0||{day}()({DAY if 1 < day < 7 else ''}))" for day in range(1, 8))
EMPTY = ("act_start_date act_end_date late_start_date late_end_date expect_end_date early_start_date early_end_date "
         "rem_late_start_date rem_late_end_date restart_date reend_date suspend_date resume_date create_date update_date "
         "cstr_date cstr_type cstr_date2 cstr_type2 float_path float_path_order").split()
def task(uid, name, hours, slack):
    return {
        "task_id": uid, "proj_id": 1, "wbs_id": 1, "clndr_id": 1, "phys_complete_pct": 0, "complete_pct_type": "CP_Drtn",
        "task_type": "TT_Task", "duration_type": "DT_FixedDUR2", "status_code": "TK_NotStart", "task_code": f"A{uid}",
        "task_name": name, "total_float_hr_cnt": slack, "free_float_hr_cnt": slack, "remain_drtn_hr_cnt": hours,
        "target_drtn_hr_cnt": hours, "target_work_qty": 0, "act_work_qty": 0, "target_equip_qty": 0, "act_equip_qty": 0,
        "target_start_date": "2026-11-02 07:00", "target_end_date": "2026-11-06 18:00", "driving_path_flag": "N",
        **dict.fromkeys(EMPTY, "")}
tables = {
    "CALENDAR": [{
        "clndr_id": 1, "default_flag": "Y", "clndr_name": "Ten hours", "proj_id": "", "base_clndr_id": "",
        "last_chng_date": "", "clndr_type": "CA_Base", "day_hr_cnt": 10, "week_hr_cnt": 50, "month_hr_cnt": 217,
        "year_hr_cnt": 2600,
        "clndr_data": f"(0||CalendarData()((0||DaysOfWeek()({WEEK}))(0||Exceptions()())))"}],
    "PROJECT": [{
        "proj_id": 1, "proj_short_name": "P", "clndr_id": 1, "add_date": "2026-11-02 00:00",
        "last_recalc_date": "2026-11-02 07:00", "plan_start_date": "2026-11-02 07:00", "plan_end_date": "",
        "scd_end_date": "2026-11-13 18:00", "export_flag": "Y"}],
    "SCHEDOPTIONS": [{
        "schedoptions_id": 1, "proj_id": 1, "sched_outer_depend_type": "SD_Both", "sched_open_critical_flag": "N",
        "sched_lag_early_start_flag": "Y", "sched_retained_logic": "Y", "sched_setplantoforecast": "N",
        "sched_float_type": "FT_FF", "sched_calendar_on_relationship_lag": "rcal_Predecessor",
        "sched_use_expect_end_flag": "Y", "sched_progress_override": "N", "level_float_thrs_cnt": 0,
        "level_outer_assign_flag": "N", "level_outer_assign_priority": 5, "level_over_alloc_pct": 25,
        "level_within_float_flag": "N", "level_keep_sched_date_flag": "Y", "level_all_rsrc_flag": "Y",
        "sched_use_project_end_date_for_float": "Y", "enable_multiple_longest_path_calc": "N",
        "limit_multiple_longest_path_calc": "Y", "max_multiple_longest_path": 10,
        "use_total_float_multiple_longest_paths": "Y", "key_activity_for_multiple_longest_paths": "",
        "LevelPriorityList": ""}],
    "PROJWBS": [{
        "wbs_id": 1, "proj_id": 1, "seq_num": 1, "proj_node_flag": "Y", "status_code": "WS_Open", "wbs_short_name": "P",
        "wbs_name": "Plan", "parent_wbs_id": ""}],
    "TASK": [task(1, "Busbars", 50, 40), task(2, "Wiring", 50, -7)],
    "TASKPRED": [{
        "task_pred_id": 1, "task_id": 2, "pred_task_id": 1, "proj_id": 1, "pred_proj_id": 1, "pred_type": "PR_FS",
        "lag_hr_cnt": 40, "float_path": "", "aref": "", "arls": ""}],
}
lines = ["ERMHDR\t19.12\t2026-11-02\tProject\tadmin\tadmin\tdb\tProject Management\tCNY"]
for name, rows in tables.items():
    lines += [f"%T\t{name}", "\t".join(["%F", *rows[0]])]
    lines += ["\t".join(["%R", *map(str, row.values())]) for row in rows]
tasks = sorted(Xer("\n".join([*lines, "%E", ""])).tasks.values(), key=lambda item: item.task_code)
told = [f"{item.name} {item.target_drtn_hr_cnt} h: {item.original_duration} days, "
        f"float {item.total_float_hr_cnt} h: {item.total_float}" for item in tasks]
print(f"calendar {tasks[0].calendar.day_hr_cnt} hours a day; {'; '.join(told)}; lag 40 h: {tasks[1].predecessors[0].lag}")
P
)
echo "$seen"
[ "$seen" = "calendar 10.0 hours a day; Busbars 50.0 h: 6 days, float 40.0 h: 5; Wiring 50.0 h: 6 days, float -7.0 h: 0; lag 40 h: 5" ]
