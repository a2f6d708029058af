/* SPDX-License-Identifier: MIT */
/* A plugin of 1.0 in plain C: an action, a strategy and a rule that between them use the entry, the
 * parameters, the schema, the metadata, the arena, the log and failing. FROZEN with its header:
 * today's host must load and run it as it is. */
#include <stdlib.h>
#include <string.h>

#include "confiture-1.0.h"

/* One instance of any of the three. */
typedef struct fossil {
  const confiture_host* host;
  const confiture_config* config;
  const confiture_config_v1* parameters;
} fossil;

static confiture_str text_of(const char* text) {
  confiture_str view;
  view.data = text;
  view.size = strlen(text);
  return view;
}

static confiture_status create(const confiture_extension* extension, const confiture_host* host,
                               confiture_call* call, const confiture_config* config, void** self) {
  const confiture_str none = {NULL, 0};
  fossil* made = malloc(sizeof *made);
  (void)extension;
  if (made == NULL) {
    host->fail(call, CONFITURE_NO_MEMORY, text_of("out of memory"), none);
    return CONFITURE_NO_MEMORY;
  }
  made->host = host;
  made->config = config;
  made->parameters = host->get_service(host, CONFITURE_SERVICE_CONFIG);
  *self = made;
  return CONFITURE_OK;
}

static void destroy(void* self) {
  free(self);
}

/* fossil.note: leaves a text in the run's metadata under "fossil". */
static confiture_status note(void* self, confiture_call* call, const confiture_event* event) {
  const fossil* me = self;
  const confiture_metadata_v1* metadata =
      me->host->get_service(me->host, CONFITURE_SERVICE_METADATA);
  const confiture_str text = me->parameters->text(me->config, "text");
  const confiture_str none = {NULL, 0};
  if (text.size == 0) {
    me->host->fail(call, CONFITURE_FAILED, text_of("there is nothing to note"),
                   text_of("give a text"));
    return CONFITURE_FAILED;
  }
  if (metadata == NULL) {
    me->host->fail(call, CONFITURE_UNSUPPORTED, text_of("no metadata"), none);
    return CONFITURE_UNSUPPORTED;
  }
  me->host->log(me->host, call, CONFITURE_LOG_INFO, event->environment);
  return metadata->set(call, text_of("fossil"), text);
}

/* fossil.cover: every byte but the last `keep` becomes an 'x'. */
static confiture_status cover(void* self, confiture_call* call, const confiture_batch* batch) {
  const fossil* me = self;
  const size_t keep = (size_t)me->parameters->integer(me->config, "keep");
  const confiture_str none = {NULL, 0};
  size_t row;
  uint32_t column;
  for (column = 0; column < batch->target_count; ++column)
    for (row = 0; row < batch->row_count; ++row) {
      const confiture_str value = batch->columns[column][row];
      size_t kept = value.size < keep ? value.size : keep;
      char* covered;
      if (value.data == NULL) continue;
      while (kept > 0 && (value.data[value.size - kept] & 0xc0) == 0x80) --kept;
      covered = me->host->alloc(call, value.size + 1, 1);
      if (covered == NULL) {
        me->host->fail(call, CONFITURE_NO_MEMORY, text_of("out of memory"), none);
        return CONFITURE_NO_MEMORY;
      }
      memset(covered, 'x', value.size - kept);
      memcpy(covered + value.size - kept, value.data + value.size - kept, kept);
      batch->out[column][row].data = covered;
      batch->out[column][row].size = value.size;
    }
  return CONFITURE_OK;
}

/* fossil.wide_table: a table has at most `columns` columns. */
static confiture_status wide_table(void* self, confiture_call* call, const confiture_node* table) {
  const fossil* me = self;
  const confiture_schema_v1* schema = me->host->get_service(me->host, CONFITURE_SERVICE_SCHEMA);
  const confiture_lint_v1* lint = me->host->get_service(me->host, CONFITURE_SERVICE_LINT);
  const size_t limit = (size_t)me->parameters->integer(me->config, "columns");
  if (schema->count(table, CONFITURE_LIST_COLUMNS) > limit) {
    confiture_finding finding;
    memset(&finding, 0, sizeof finding);
    finding.struct_size = sizeof finding;
    finding.risk = CONFITURE_RISK_LOW;
    finding.at = table;
    finding.message = text_of("the table has many columns");
    finding.hint = text_of("split it");
    lint->report(call, &finding);
  }
  return CONFITURE_OK;
}

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof((array)[0])))

static const confiture_param note_params[] = {
    {"text", "What to note", "\"here\"", "..100", NULL, NULL, 0, CONFITURE_PARAM_STRING, 0, 0}};
static const confiture_action_v1 note_table = {
    sizeof note_table, CONFITURE_PHASE_PRE_VALIDATE | CONFITURE_PHASE_POST_COMPLETE, 0, 0, note};
static const confiture_extension note_extension = {sizeof note_extension,
                                                   sizeof(confiture_param),
                                                   CONFITURE_KIND_ACTION,
                                                   "fossil.note",
                                                   "Leave a text in the run's metadata",
                                                   NULL,
                                                   note_params,
                                                   COUNT(note_params),
                                                   0,
                                                   &note_table,
                                                   NULL,
                                                   create,
                                                   destroy};

static const confiture_param cover_params[] = {
    {"keep", "Bytes left readable", "2", "0..8", NULL, NULL, 0, CONFITURE_PARAM_INT, 0, 0}};
static const confiture_strategy_v1 cover_table = {
    sizeof cover_table, CONFITURE_STRATEGY_DETERMINISTIC | CONFITURE_STRATEGY_ROW_LOCAL, NULL,
    cover};
static const confiture_extension cover_extension = {sizeof cover_extension,
                                                    sizeof(confiture_param),
                                                    CONFITURE_KIND_STRATEGY,
                                                    "fossil.cover",
                                                    "Cover all but the last bytes",
                                                    NULL,
                                                    cover_params,
                                                    COUNT(cover_params),
                                                    0,
                                                    &cover_table,
                                                    NULL,
                                                    create,
                                                    destroy};

static const uint32_t wide_kinds[] = {CONFITURE_NODE_TABLE};
static const confiture_param wide_params[] = {
    {"columns", "How many are fine", "50", "1..", NULL, NULL, 0, CONFITURE_PARAM_INT, 0, 0}};
static const confiture_rule_v1 wide_table_table = {sizeof wide_table_table,
                                                   CONFITURE_SEVERITY_WARNING,
                                                   "structure",
                                                   wide_kinds,
                                                   COUNT(wide_kinds),
                                                   0,
                                                   wide_table};
static const confiture_extension wide_extension = {sizeof wide_extension,
                                                   sizeof(confiture_param),
                                                   CONFITURE_KIND_RULE,
                                                   "fossil.wide_table",
                                                   "Tables have few columns",
                                                   NULL,
                                                   wide_params,
                                                   COUNT(wide_params),
                                                   0,
                                                   &wide_table_table,
                                                   NULL,
                                                   create,
                                                   destroy};

static const confiture_extension* const extensions[] = {&note_extension, &cover_extension,
                                                        &wide_extension};
static const confiture_plugin plugin = {sizeof plugin,
                                        CONFITURE_ABI_MINOR,
                                        0,
                                        COUNT(extensions),
                                        "fossil",
                                        "1.0.0",
                                        "confiture",
                                        "What a plugin of 1.0 looks like",
                                        NULL,
                                        extensions,
                                        NULL,
                                        NULL};

const confiture_plugin* confiture_plugin_v1(const confiture_host* host) {
  (void)host;
  return &plugin;
}
