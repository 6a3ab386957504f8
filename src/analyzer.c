/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "microexpr.h"
struct _MeAnalyzer { MeStats stats; };
G_DEFINE_QUARK (me-error-quark, me_error)
void me_config_default (MeConfig *c) { *c = (MeConfig) { ME_KIND_MICRO, 40000000, 500000000, 1, 0.3, TRUE, 8, 80, 500000000, NULL }; }
MeAnalyzer *me_analyzer_new (const MeConfig *c G_GNUC_UNUSED, GError **e G_GNUC_UNUSED) { return g_new0 (MeAnalyzer, 1); }
void me_analyzer_free (MeAnalyzer *a) { g_free (a); }
void me_analyzer_configure (MeAnalyzer *a G_GNUC_UNUSED, const MeConfig *c G_GNUC_UNUSED) {}
void me_analyzer_process (MeAnalyzer *a, const MeFrame *f G_GNUC_UNUSED) { a->stats.frames++; }
void me_analyzer_reset (MeAnalyzer *a G_GNUC_UNUSED, gboolean k G_GNUC_UNUSED) {}
const MeEvent *me_analyzer_pop_event (MeAnalyzer *a G_GNUC_UNUSED) { return NULL; }
const MeWarning *me_analyzer_pop_warning (MeAnalyzer *a G_GNUC_UNUSED) { return NULL; }
const MeFace *me_analyzer_faces (const MeAnalyzer *a G_GNUC_UNUSED, guint *n) { *n = 0; return NULL; }
void me_analyzer_get_stats (const MeAnalyzer *a, MeStats *s) { *s = a->stats; }
