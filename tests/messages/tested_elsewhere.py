"""Which tests already bring a message about: by file of the package, the tests whose source holds its sentences."""

from __future__ import annotations

TESTED: dict[str, tuple[str, ...]] = {
    "cli/arguments.py": (
        "tests/serving/test_stdio.py::test_what_cannot_be_served_is_said_at_once",
    ),
    "cli/call_selection.py": (
        "tests/test_cli_at_a_terminal.py::test_of_many_calls_some_are_chosen",
        "tests/test_cli_overrides.py::test_wrong_usage_is_said",
        "tests/test_english.py::test_plain_english_passes",
    ),
    "cli/clipboard.py": ("tests/test_cli_at_a_terminal.py::test_nobody_takes_it",),
    "cli/convert.py": (
        "tests/test_cli_at_a_terminal.py::test_a_program_takes_the_clipboard",
        "tests/test_cli_at_a_terminal.py::test_copy_and_a_file_are_two_places",
        "tests/test_cli_output.py::test_a_script_named_as_a_module_that_it_imports_is_refused",
        "tests/test_cli_overrides.py::test_wrong_usage_is_said",
    ),
    "cli/domain.py": ("tests/test_cli_domain.py::test_what_is_no_text_is_refused",),
    "cli/files.py": (
        "tests/reading/files/test_unwrap.py::test_folders_and_missing_files_are_refused",
        "tests/test_cli_domain.py::test_what_is_no_text_is_refused",
        "tests/test_cli_output.py::test_a_file_that_comes_meanwhile_stays",
        "tests/test_cli_output.py::test_a_full_device_is_told",
        "tests/test_cli_output.py::test_a_missing_folder_is_told",
        "tests/test_cli_output.py::test_a_name_that_cannot_be_one_is_told",
        "tests/test_cli_output.py::test_the_capture_itself_is_never_written_over",
        "tests/test_file_names.py::test_a_device_as_output_gives_one_sentence",
        "tests/test_cli_overrides.py::test_wrong_usage_is_said",
    ),
    "cli/list_calls.py": (
        "tests/test_cli_bad_input.py::test_a_page_load_without_a_call_answers_whoami_and_nothing_else",
    ),
    "cli/mcp.py": (
        "tests/serving/test_stdio.py::test_what_cannot_be_served_is_said_at_once",
        "tests/serving/test_stdio.py::test_without_write_what_changes_is_not_there",
    ),
    "cli/mock.py": ("tests/proving/mock/test_gate.py::test_an_empty_key_is_a_wrong_use",),
    "cli/record.py": (
        "tests/recording/test_command.py::test_calls_are_shown_as_they_happen_and_written",
        "tests/recording/test_command.py::test_without_calls_there_is_an_error_and_no_file",
    ),
    "cli/verify.py": (
        "tests/proving/test_verify.py::test_a_server_needs_a_credential_and_a_database",
        "tests/proving/test_verify.py::test_writing_to_a_live_server_is_asked_for",
    ),
    "cli/whoami.py": ("tests/serving/test_stdio.py::test_what_cannot_be_served_is_said_at_once",),
    "converting/override_details.py": (
        "tests/converting/test_override_details.py::test_a_default_is_one_of_the_options",
        "tests/converting/test_override_details.py::test_names_that_cannot_be",
        "tests/converting/test_override_details.py::test_what_does_not_fit_is_refused",
    ),
    "converting/overrides.py": (
        "tests/converting/test_override_details.py::test_what_does_not_fit_is_refused",
        "tests/converting/test_overrides.py::test_what_is_wrong_is_told_with_the_next_step",
    ),
    "converting/translate/chosen_fields.py": (
        "tests/converting/test_chosen_fields.py::test_a_capture_without_a_read_says_so",
        "tests/converting/test_chosen_fields.py::test_a_field_that_the_model_does_not_have_is_an_error",
    ),
    "odoo/domains/texts.py": (
        "tests/odoo/test_domains_texts.py::test_everything_else_is_one_sentence",
        "tests/odoo/test_domains_texts.py::test_json_and_python_are_read",
    ),
    "page/messages.py": (
        "tests/page/test_messages.py::test_code_is_run_against_the_capture_and_not_in_a_tab",
        "tests/page/test_messages.py::test_refusals_are_sentences",
    ),
    "page/verification_view.py": (
        "tests/page/test_messages.py::test_code_is_run_against_the_capture_and_not_in_a_tab",
    ),
    "pipeline/action_document.py": (
        "tests/page/test_command_line.py::test_a_dash_alone_is_standard_input",
    ),
    "pipeline/conversion.py": (
        "tests/targets/test_named_arguments.py::test_a_file_that_is_no_description_gets_one_sentence",
    ),
    "pipeline/loading.py": ("tests/reading/clipboard/test_copies.py::test_unusable",),
    "pipeline/override_file.py": (
        "tests/pipeline/test_override_file.py::test_overrides_of_another_capture_are_refused",
        "tests/pipeline/test_override_file.py::test_what_is_no_json_is_refused",
    ),
    "pipeline/parts.py": (
        "tests/test_servers.py::test_a_name_of_none_or_of_several_is_refused",
        "tests/test_servers.py::test_a_user_who_is_none_is_refused_with_those_there_are",
    ),
    "pipeline/processes.py": (
        "tests/redacting/test_processes.py::test_a_process_that_is_ended_is_said",
    ),
    "pipeline/redaction.py": (
        "tests/reading/files/test_unwrap.py::test_a_file_that_was_replaced_is_not_mistaken_for_the_one_read",
    ),
    "pipeline/selection.py": ("tests/test_cli_help.py::test_a_name_that_is_not_there",),
    "pipeline/source_paths.py": ("tests/test_cli_overrides.py::test_wrong_usage_is_said",),
    "pipeline/tool_server.py": (
        "tests/page/test_command_line.py::test_a_dash_alone_is_standard_input",
        "tests/pipeline/test_override_file.py::test_what_is_no_json_is_refused",
        "tests/serving/test_stdio.py::test_without_the_extra_it_says_what_to_install",
        "tests/targets/test_row_cells.py::test_numbers",
    ),
    "proving/live_server.py": (
        "tests/proving/test_live_server.py::test_whoami_says_what_a_server_is_not",
        "tests/proving/test_verify.py::test_an_address_without_a_scheme_is_https",
        "tests/targets/test_row_cells.py::test_numbers",
    ),
    "proving/mock/gate.py": (
        "tests/proving/mock/test_gate.py::test_a_host_that_is_no_name_is_refused",
    ),
    "proving/mock/server.py": (
        "tests/page/test_ui_command.py::test_a_port_that_is_taken_is_a_sentence",
    ),
    "proving/probe.py": (
        "tests/proving/test_live_server.py::test_a_login_that_is_wrong_is_said",
        "tests/proving/test_live_server.py::test_whoami_says_what_a_server_is_not",
    ),
    "proving/runner.py": (
        "tests/proving/test_verify.py::test_what_is_no_program_cannot_be_run",
        "tests/proving/test_verify.py::test_writing_to_a_live_server_is_asked_for",
    ),
    "reading/clipboard/copied_commands.py": (
        "tests/reading/clipboard/test_copies.py::test_a_payload_converts_and_says_that_the_server_is_unknown",
    ),
    "reading/files/archive.py": (
        "tests/reading/files/test_unwrap.py::test_other_hars_in_a_zip_are_named",
        "tests/reading/test_unsupported.py::test_what_is_not_a_capture_is_refused_in_a_sentence",
    ),
    "reading/files/compressed.py": (
        "tests/reading/files/test_unwrap.py::test_a_cut_gzip_gives_what_can_be_unpacked",
        "tests/reading/files/test_unwrap.py::test_bombs_are_refused",
        "tests/reading/har/test_bodies.py::test_bytes_as_they_went_over_the_wire_are_unpacked",
    ),
    "reading/files/document.py": (
        "tests/reading/files/test_unwrap.py::test_a_file_that_was_replaced_is_not_mistaken_for_the_one_read",
        "tests/reading/files/test_unwrap.py::test_what_cannot_be_mapped_is_read_once_where_it_is_not_large",
    ),
    "reading/files/spool.py": (
        "tests/reading/har/test_bodies.py::test_bytes_as_they_went_over_the_wire_are_unpacked",
    ),
    "reading/files/unwrap.py": (
        "tests/reading/files/test_unwrap.py::test_folders_and_missing_files_are_refused",
        "tests/test_secrets.py::test_an_error_names_no_secret",
    ),
    "reading/folders.py": ("tests/reading/test_folders.py::test_an_empty_folder_is_refused",),
    "reading/har/damage.py": ("tests/reading/har/test_damage.py::test_the_sentence_of_a_cut_file",),
    "reading/har/haralyzer_view.py": (
        "tests/reading/har/test_haralyzer_view.py::test_har_entry_needs_a_har",
    ),
    "recording/browser.py": (
        "tests/recording/test_browser.py::test_a_browser_that_is_not_there_is_said",
        "tests/recording/test_browser.py::test_a_driver_that_does_not_start_is_said",
        "tests/recording/test_browser.py::test_an_address_that_does_not_answer_is_refused",
    ),
    "rendering/formatting.py": (
        "tests/test_cli_output.py::test_a_name_that_cannot_be_one_is_told",
    ),
    "rendering/javascript/literals.py": ("tests/test_cli_output.py::test_a_too_long_name_is_told",),
    "rendering/json_values/literals.py": (
        "tests/test_cli_output.py::test_a_too_long_name_is_told",
    ),
    "rendering/paste_sheet.py": (
        "tests/rendering/test_paste_sheet.py::test_a_target_without_a_sheet_says_which_has_one",
    ),
    "rendering/php/literals.py": ("tests/test_cli_output.py::test_a_too_long_name_is_told",),
    "rendering/python/literals.py": ("tests/test_cli_output.py::test_a_too_long_name_is_told",),
    "rendering/python/source.py": (
        "tests/test_cli_templates.py::test_a_mistake_in_a_template_is_one_sentence_with_its_place",
    ),
    "rendering/row_columns.py": (
        "tests/targets/test_rows.py::test_one_action_is_done_for_each_row",
    ),
    "rendering/shell/literals.py": (
        "tests/targets/test_curl.py::test_where_bash_would_end_a_word_there_is_none",
    ),
    "rendering/target_text.py": (
        "tests/targets/test_rows.py::test_other_targets_say_who_takes_rows",
        "tests/test_cli_templates.py::test_an_own_json_template_is_parsed_before_it_is_shown",
    ),
    "rendering/targets.py": (
        "tests/test_cli_bad_input.py::test_an_unknown_target_names_those_that_are_known",
        "tests/test_cli_templates.py::test_a_template_that_is_not_there_is_told",
        "tests/test_cli_templates.py::test_a_template_that_is_not_utf8_is_told",
    ),
    "serving/evaluation.py": (
        "tests/targets/test_flows.py::test_an_action_that_lists_several_opens_no_one",
        "tests/targets/test_n8n_own_node.py::test_a_flow_hands_on_what_a_step_made",
    ),
    "serving/odoo_user.py": (
        "tests/targets/test_web_session.py::test_what_is_no_answer_is_a_sentence",
    ),
    "serving/tool_calls.py": (
        "tests/serving/test_stdio.py::test_a_search_is_listed_called_and_bounded",
        "tests/serving/test_tool_calls.py::test_an_update_without_a_value_is_refused",
    ),
    "serving/tool_documents.py": (
        "tests/page/test_command_line.py::test_a_dash_alone_is_standard_input",
        "tests/serving/test_stdio.py::test_what_cannot_be_served_is_said_at_once",
        "tests/serving/test_tool_documents.py::test_a_document_cannot_say_that_a_write_is_a_read",
    ),
    "serving/tool_schemas.py": (
        "tests/serving/test_tool_documents.py::test_what_is_listed_suits_strict_clients",
    ),
}
