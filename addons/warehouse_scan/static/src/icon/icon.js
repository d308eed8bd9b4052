import { Component } from "@odoo/owl";

/** Drawn in a square of 24, in lines: a font of icons would be larger than this page. */
const PATHS = {
    receive: "M12 3v11m-5-5 5 5 5-5M4 15v5h16v-5",
    put_away: "M4 3v18M20 3v18M4 11h16M4 19h16M8 4h5v7M9 14h6v5",
    pick: "M3 4h3l3 11h9l3-8H7.500M10 20h.01M17 20h.01",
    move: "M4 8h15l-4-4M20 16H5l4 4",
    count: "M4 6l1.500 1.500L8 5M4 12l1.500 1.500L8 11M4 18l1.500 1.500L8 17M12 6h8M12 12h8M12 18h8",
    look_up: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 21 21",
    inspect: "M9 4h6v3H9zM9 5H5v16h14V5h-4M8.500 14l2.500 2.500 4.500-5",
    hand_over: "M3 12h14l-5-5M17 12l-5 5M21 5v14",
    kit_check: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM14 16.500l2 2 4-4.500",
    shortage: "M12 4 2.500 20h19zM12 10v4M12 17h.01",
    gate_out: "M13 4H5v16h8M10 12h11l-4-4M21 12l-4 4",
    gate_in: "M11 4h8v16h-8M3 12h11l-4-4M14 12l-4 4",
    ship: "M2 6h12v11H2zM14 10h4l4 4v3h-8M6 19.500h.01M18 19.500h.01",
    load: "M2 6h12v11H2zM14 10h4l4 4v3h-8M6 19.500h.01M18 19.500h.01",
    barcode: "M4 5v14M8 5v14M11 5v14M15 5v14M18 5v14M21 5v14",
    camera: "M4 8h4l1.500-3h5L16 8h4v11H4zM12 10.500a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
    keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M7 14h10",
    undo: "M4 9h10a5 5 0 0 1 0 10h-4M4 9l4-4M4 9l4 4",
    back: "M15 4l-8 8 8 8",
    next: "M9 4l8 8-8 8",
    menu: "M4 6h16M4 12h16M4 18h16",
    success: "M4 13l5 5L20 6",
    info: "M12 11v6M12 7h.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
    warning: "M12 4 2.500 20h19zM12 10v4M12 17h.01",
    error: "M6 6l12 12M18 6 6 18",
    offline: "M2 8a15 15 0 0 1 20 0M5.500 12a10 10 0 0 1 13 0M9 16a5 5 0 0 1 6 0M12 20h.01M3 3l18 18",
    waiting: "M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
    box: "M3 7l9-4 9 4v10l-9 4-9-4zM3 7l9 4 9-4M12 11v10",
    place: "M12 21s7-6.500 7-11a7 7 0 1 0-14 0c0 4.500 7 11 7 11zM12 7.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z",
    erase: "M9 5h12v14H9l-6-7zM12 9.500l5 5M17 9.500l-5 5",
};

export class Icon extends Component {
    static template = "warehouse_scan.Icon";
    static props = { name: String };

    get path() {
        return PATHS[this.props.name] || PATHS.box;
    }
}
