import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { url } from "@web/core/utils/urls";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** A many2one to an attachment, shown as a link that opens the file. */
export class DocumentLink extends Component {
    static template = "order_review.DocumentLink";
    static props = { ...standardFieldProps };

    get attachment() {
        return this.props.record.data[this.props.name];
    }

    get href() {
        return url(`/web/content/${this.attachment.id}`);
    }
}

export const documentLink = {
    component: DocumentLink,
    displayName: _t("Link to the file"),
    supportedTypes: ["many2one"],
};

registry.category("fields").add("document_link", documentLink);
