/* SPDX-License-Identifier: MIT */
/* What a plugin is made of: base.h, parameters.h, schema.h, plugin.h. */
#include "layout.h"

CONFITURE_OFFSET(confiture_str, data, 0);
CONFITURE_OFFSET(confiture_str, size, 8);
CONFITURE_SIZE(confiture_str, 16);

CONFITURE_OFFSET(confiture_host, struct_size, 0);
CONFITURE_OFFSET(confiture_host, abi_minor, 4);
CONFITURE_OFFSET(confiture_host, name, 8);
CONFITURE_OFFSET(confiture_host, version, 16);
CONFITURE_OFFSET(confiture_host, host_data, 24);
CONFITURE_OFFSET(confiture_host, get_service, 32);
CONFITURE_OFFSET(confiture_host, log, 40);
CONFITURE_OFFSET(confiture_host, fail, 48);
CONFITURE_OFFSET(confiture_host, alloc, 56);
CONFITURE_OFFSET(confiture_host, cancelled, 64);
CONFITURE_SIZE(confiture_host, 72);

CONFITURE_OFFSET(confiture_param, name, 0);
CONFITURE_OFFSET(confiture_param, doc, 8);
CONFITURE_OFFSET(confiture_param, default_yaml, 16);
CONFITURE_OFFSET(confiture_param, range, 24);
CONFITURE_OFFSET(confiture_param, choices, 32);
CONFITURE_OFFSET(confiture_param, fields, 40);
CONFITURE_OFFSET(confiture_param, field_count, 48);
CONFITURE_OFFSET(confiture_param, type, 52);
CONFITURE_OFFSET(confiture_param, flags, 56);
CONFITURE_OFFSET(confiture_param, reserved, 60);
CONFITURE_SIZE(confiture_param, 64);

CONFITURE_OFFSET(confiture_config_v1, is_set, 0);
CONFITURE_OFFSET(confiture_config_v1, text, 8);
CONFITURE_OFFSET(confiture_config_v1, integer, 16);
CONFITURE_OFFSET(confiture_config_v1, real, 24);
CONFITURE_OFFSET(confiture_config_v1, count, 32);
CONFITURE_OFFSET(confiture_config_v1, item, 40);
CONFITURE_SIZE(confiture_config_v1, 48);

CONFITURE_OFFSET(confiture_location, file, 0);
CONFITURE_OFFSET(confiture_location, line, 16);
CONFITURE_OFFSET(confiture_location, column, 20);
CONFITURE_OFFSET(confiture_location, end_line, 24);
CONFITURE_OFFSET(confiture_location, end_column, 28);
CONFITURE_OFFSET(confiture_location, offset, 32);
CONFITURE_OFFSET(confiture_location, end_offset, 40);
CONFITURE_SIZE(confiture_location, 48);

CONFITURE_OFFSET(confiture_schema_v1, kind, 0);
CONFITURE_OFFSET(confiture_schema_v1, text, 8);
CONFITURE_OFFSET(confiture_schema_v1, integer, 16);
CONFITURE_OFFSET(confiture_schema_v1, link, 24);
CONFITURE_OFFSET(confiture_schema_v1, count, 32);
CONFITURE_OFFSET(confiture_schema_v1, at, 40);
CONFITURE_OFFSET(confiture_schema_v1, location, 48);
CONFITURE_SIZE(confiture_schema_v1, 56);

CONFITURE_OFFSET(confiture_extension, struct_size, 0);
CONFITURE_OFFSET(confiture_extension, param_size, 4);
CONFITURE_OFFSET(confiture_extension, kind, 8);
CONFITURE_OFFSET(confiture_extension, id, 16);
CONFITURE_OFFSET(confiture_extension, summary, 24);
CONFITURE_OFFSET(confiture_extension, doc, 32);
CONFITURE_OFFSET(confiture_extension, params, 40);
CONFITURE_OFFSET(confiture_extension, param_count, 48);
CONFITURE_OFFSET(confiture_extension, reserved, 52);
CONFITURE_OFFSET(confiture_extension, vtable, 56);
CONFITURE_OFFSET(confiture_extension, user, 64);
CONFITURE_OFFSET(confiture_extension, create, 72);
CONFITURE_OFFSET(confiture_extension, destroy, 80);
CONFITURE_SIZE(confiture_extension, 88);

CONFITURE_OFFSET(confiture_plugin, struct_size, 0);
CONFITURE_OFFSET(confiture_plugin, abi_minor, 4);
CONFITURE_OFFSET(confiture_plugin, min_host_minor, 8);
CONFITURE_OFFSET(confiture_plugin, extension_count, 12);
CONFITURE_OFFSET(confiture_plugin, id, 16);
CONFITURE_OFFSET(confiture_plugin, version, 24);
CONFITURE_OFFSET(confiture_plugin, vendor, 32);
CONFITURE_OFFSET(confiture_plugin, summary, 40);
CONFITURE_OFFSET(confiture_plugin, needs, 48);
CONFITURE_OFFSET(confiture_plugin, extensions, 56);
CONFITURE_OFFSET(confiture_plugin, init, 64);
CONFITURE_OFFSET(confiture_plugin, deinit, 72);
CONFITURE_SIZE(confiture_plugin, 80);
