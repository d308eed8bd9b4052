// The packages lie in the ignored folder and are found through NODE_PATH, which only require() heeds.
const js = require("@eslint/js");
const globals = require("globals");

module.exports = [
    js.configs.recommended,
    {
        languageOptions: {
            ecmaVersion: 2023,
            sourceType: "module",
            globals: { ...globals.browser, odoo: "readonly", luxon: "readonly" },
        },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            eqeqeq: ["error", "always", { null: "ignore" }],
            "no-console": "error",
            "no-duplicate-imports": "error",
            "no-restricted-globals": ["error", "event", "self"],
            "no-restricted-syntax": [
                "error",
                "PrivateIdentifier",
                ...["props", "template"].map((name) => ({
                    selector:
                        "ClassDeclaration[superClass.name='Component']:not(:has(ClassBody.body > " +
                        `PropertyDefinition[key.name='${name}'][static='true']))`,
                    message: `A component declares static ${name}.`,
                })),
                {
                    selector: "CallExpression[callee.name='_t'] > :first-child[value=/(.*%s){2,}/]",
                    message: "Name the placeholders of a translated text.",
                },
                {
                    selector: "CallExpression[callee.property.name='add'][callee.object.property.name='notification'] > Literal:first-child",
                    message: "A notification is translated.",
                },
            ],
            "no-unused-vars": ["error", { args: "none" }],
            "no-var": "error",
            "prefer-const": ["error", { destructuring: "all" }],
        },
    },
    {
        // Tours report through the console.
        files: ["**/static/tests/**"],
        rules: { "no-console": "off" },
    },
];
