"""The page: one more door to the pipeline, beside the command line. It answers messages, JSON in and JSON out.

The same messages serve two bodies: a browser's tab, where Python runs in a worker, and `har2rpc ui` on loopback.
`static/` is what the browser loads; `site/` at the top level puts the tab's body together.
"""
