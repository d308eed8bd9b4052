{
    "name": "Document Control: Test Documents",
    "summary": "A signed document, for the tests of document_control only",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Hidden/Tests",
    "depends": ["document_control"],
    "data": ["security/ir.model.access.csv"],
}
