"""An order is closed out: a department answers from its to-do, management concludes, the desk reads the dossier."""
from odoo.addons.order_closeout.tests.common import CloseoutCommon

import role_day


class TestCloseoutDays(CloseoutCommon, role_day.RoleDays):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("zh_CN")
        people = self.general_manager | self.desk | self.reviewers["quality"]
        people.write({"odoobot_state": "disabled", "lang": "zh_CN"})

    def test_order_is_closed_out(self):
        """EVA-1, EVA-3: from the to-do to the signed answer, from the to-do to the conclusion, then the dossier
        and its PDF."""
        evaluation = self._evaluation()
        answer = evaluation.answer_ids.filtered(lambda row: row.department_id == self.departments["quality"])
        for other in (evaluation.answer_ids - answer).filtered(lambda row: row.state == "asked"):
            other.with_user(other.user_id).went_wrong = "All went well"
            other.with_user(other.user_id).action_acknowledge()
        order_id, order_name, number = self.order.id, self.order.name, evaluation.name
        with self.day(answer.user_id.login) as head:
            head.click(".o_menu_systray button:has(.fa-clock-o)")
            head.click(".o-mail-ActivityGroup [name=activityTitle]")
            head.click(".o_data_row", number)
            head.fill("[name=went_wrong] textarea", "油漆有划痕")
            head.fill("[name=proposal] textarea", "喷漆前检查底漆")
            head.click("button[name=action_acknowledge]")
            head.see("[name=acknowledged_by]")
        self.assertRecordValues(answer, [{"state": "answered", "went_wrong": "油漆有划痕"}])
        with self.day(self.general_manager.login) as boss:
            boss.click(".o_menu_systray button:has(.fa-clock-o)")
            boss.click(".o-mail-ActivityGroup [name=activityTitle]")
            boss.click(".o_data_row", number)
            boss.click("button[name=action_open_conclude]")
            boss.fill(".modal [name=text] textarea", "喷漆前检查底漆")
            boss.click(".modal button[name=action_confirm]")
            boss.see("[name=conclusion]", "喷漆前检查底漆")
        self.assertEqual(evaluation.state, "concluded")
        self.order.user_id = self.desk
        with self.day(self.desk.login, page=f"/odoo/sales/{order_id}") as desk:
            desk.click("button[name=action_view_dossier], .o_button_more", "")
            if not desk.is_there(".o_order_dossier"):
                desk.click("button[name=action_view_dossier]")
            desk.see(".o_dossier_event", number)
            desk.see(".o_last_breadcrumb_item, .o_breadcrumb", order_name)
            desk.watch(".o_dossier_make:disabled")
            desk.click(".o_dossier_make")
            desk.see(".o_dossier_progress", "0 /")
            self.assertTrue(desk.has_shown(), "the click shows at once")
            desk.click(".o_dossier_stop")
            desk.see(".o_dossier_resume")
            desk.fill(".o_dossier_text", "nothing like this")
            self.assertFalse(desk.is_there(".o_dossier_event"))
            desk.fill(".o_dossier_text", number)
            desk.click(".o_dossier_event a", number)
            desk.see(".o_form_view [name=conclusion]", "喷漆前检查底漆")
