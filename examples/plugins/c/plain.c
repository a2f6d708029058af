/* SPDX-License-Identifier: MIT */
/* confiture-plain.so: one strategy in plain C, with nothing but the contract's own headers. */
#include <confiture/abi.h>
#include <stdlib.h>
#include <string.h>

/* What one use in the configuration remembers. */
typedef struct stars {
  const confiture_host *host;
  size_t keep;
} stars;

static confiture_str text_of(const char *text) {
  const confiture_str view = {text, strlen(text)};
  return view;
}

static confiture_status out_of_memory(const confiture_host *host, confiture_call *call) {
  const confiture_str no_hint = {NULL, 0};
  host->fail(call, CONFITURE_NO_MEMORY, text_of("out of memory"), no_hint);
  return CONFITURE_NO_MEMORY;
}

static confiture_status create_stars(const confiture_extension *extension,
                                     const confiture_host *host, confiture_call *call,
                                     const confiture_config *config, void **self) {
  const confiture_config_v1 *params = host->get_service(host, CONFITURE_SERVICE_CONFIG);
  stars *made = malloc(sizeof *made);
  (void)extension;
  if (made == NULL) return out_of_memory(host, call);
  made->host = host;
  made->keep = (size_t)params->integer(config, "keep");
  *self = made;
  return CONFITURE_OK;
}

static void destroy_stars(void *self) { free(self); }

/* [apply] */
static confiture_status apply_stars(void *self, confiture_call *call,
                                    const confiture_batch *batch) {
  const stars *me = self;
  for (uint32_t column = 0; column < batch->target_count; ++column)
    for (size_t row = 0; row < batch->row_count; ++row) {
      const confiture_str value = batch->columns[column][row];
      size_t kept = value.size < me->keep ? value.size : me->keep;
      if (value.data == NULL || value.size == 0) continue; /* NULL stays NULL, empty empty */
      while (kept > 0 && (value.data[value.size - kept] & 0xc0) == 0x80) --kept; /* whole UTF-8 */
      char *text = me->host->alloc(call, value.size, 1);
      if (text == NULL) return out_of_memory(me->host, call);
      memset(text, '*', value.size - kept);
      memcpy(text + value.size - kept, value.data + value.size - kept, kept);
      batch->out[column][row] = (confiture_str){text, value.size};
    }
  return CONFITURE_OK;
}
/* [apply] */

/* [entry] */
static const confiture_param stars_params[] = {
    {.name = "keep",
     .doc = "Bytes left readable at the end",
     .default_yaml = "0",
     .range = "0..16",
     .type = CONFITURE_PARAM_INT},
};
static const confiture_strategy_v1 stars_table = {
    .struct_size = sizeof stars_table,
    .flags = CONFITURE_STRATEGY_DETERMINISTIC | CONFITURE_STRATEGY_ROW_LOCAL,
    .apply = apply_stars,
};
static const confiture_extension stars_extension = {
    .struct_size = sizeof stars_extension,
    .param_size = sizeof(confiture_param),
    .kind = CONFITURE_KIND_STRATEGY,
    .id = "plain.stars",
    .summary = "Stars in place of each byte",
    .params = stars_params,
    .param_count = 1,
    .vtable = &stars_table,
    .create = create_stars,
    .destroy = destroy_stars,
};
static const confiture_extension *const extensions[] = {&stars_extension};
static const confiture_plugin plugin = {
    .struct_size = sizeof plugin,
    .abi_minor = CONFITURE_ABI_MINOR,
    .extension_count = 1,
    .id = "plain",
    .version = "1.0.0",
    .vendor = "Acme Ltd",
    .summary = "A strategy in plain C",
    .extensions = extensions,
};

const confiture_plugin *confiture_plugin_v1(const confiture_host *host) {
  (void)host;
  return &plugin;
}
/* [entry] */
