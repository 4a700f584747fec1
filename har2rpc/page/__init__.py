"""The page: a second user interface next to the command line. It answers messages, JSON in and JSON out.

The same messages are used in two environments: in a browser tab, where Python runs in a worker, and in `har2rpc ui` on
loopback. `static/` is what the browser loads; `site/` at the top level builds the version for the tab.
"""
