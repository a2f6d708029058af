/* SPDX-License-Identifier: MIT */
/* The layout of classifier.h. */
#include "layout.h"

CONFITURE_OFFSET(confiture_touched, relation, 0);
CONFITURE_OFFSET(confiture_touched, lock, 16);
CONFITURE_OFFSET(confiture_touched, rows, 32);
CONFITURE_OFFSET(confiture_touched, bytes, 40);
CONFITURE_SIZE(confiture_touched, 48);

CONFITURE_OFFSET(confiture_effect, struct_size, 0);
CONFITURE_OFFSET(confiture_effect, risk, 4);
CONFITURE_OFFSET(confiture_effect, blocks_reads, 8);
CONFITURE_OFFSET(confiture_effect, blocks_writes, 12);
CONFITURE_OFFSET(confiture_effect, rewrites, 16);
CONFITURE_OFFSET(confiture_effect, scans, 20);
CONFITURE_OFFSET(confiture_effect, loses_data, 24);
CONFITURE_OFFSET(confiture_effect, reversible, 28);
CONFITURE_OFFSET(confiture_effect, form, 32);
CONFITURE_OFFSET(confiture_effect, lock, 48);
CONFITURE_OFFSET(confiture_effect, lost, 64);
CONFITURE_OFFSET(confiture_effect, way_back, 80);
CONFITURE_OFFSET(confiture_effect, safer, 96);
CONFITURE_OFFSET(confiture_effect, reasons, 112);
CONFITURE_OFFSET(confiture_effect, touched, 120);
CONFITURE_OFFSET(confiture_effect, reason_count, 128);
CONFITURE_OFFSET(confiture_effect, touched_count, 132);
CONFITURE_OFFSET(confiture_effect, blocked_bytes, 136);
CONFITURE_SIZE(confiture_effect, 144);

CONFITURE_OFFSET(confiture_risk_v1, effect, 0);
CONFITURE_SIZE(confiture_risk_v1, 8);

CONFITURE_OFFSET(confiture_example, form, 0);
CONFITURE_OFFSET(confiture_example, setup, 8);
CONFITURE_OFFSET(confiture_example, sql, 16);
CONFITURE_OFFSET(confiture_example, target, 24);
CONFITURE_OFFSET(confiture_example, since, 32);
CONFITURE_OFFSET(confiture_example, flags, 36);
CONFITURE_SIZE(confiture_example, 40);

CONFITURE_OFFSET(confiture_classifier_v1, struct_size, 0);
CONFITURE_OFFSET(confiture_classifier_v1, example_count, 4);
CONFITURE_OFFSET(confiture_classifier_v1, examples, 8);
CONFITURE_OFFSET(confiture_classifier_v1, playground, 16);
CONFITURE_OFFSET(confiture_classifier_v1, classify, 24);
CONFITURE_SIZE(confiture_classifier_v1, 32);
