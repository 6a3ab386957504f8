/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One data set per row: the sheets as published, the paths as in the published archives. */
#include "layouts.h"

const Layout layouts[] = {
  {
      .name = "casme2",
      .title = "CASME II",
      .frame_rate = 200,
      .has_header = TRUE,
      .columns = { "subject", "filename", "onsetframe", "apexframe", "offsetframe", NULL,
          "actionunits", "estimatedemotion", NULL, NULL },
      .path = "(?:^|/)sub(?<s>\\d+)/(?<f>[^/]+)$",
      .shape = "sub01/EP02_01f",
      .five = "CASME II",
  },
  {
      .name = "casme-squared",
      .title = "CAS(ME)^2",
      .frame_rate = 30,
      .columns = { "A", "B", "C", "D", "E", NULL, "F", "G", "H", NULL },
      .file_rule = FILE_NEEDS_NAMING,
      .has_macro = TRUE,
      .whole_recordings = TRUE,
      .path = "(?:^|/)s(?<s>\\d+)/\\d+_(?<f>\\d{4})[^/]*$",
      .shape = "s15/15_0101disgustingteeth",
  },
  {
      .name = "casme3",
      .title = "CAS(ME)^3 part A",
      .frame_rate = 30,
      .has_header = TRUE,
      .columns = { "subject", "filename", "onset", "apex", "offset", NULL, "au", "emotion",
          "expressiontype", "objectiveclass" },
      .has_macro = TRUE,
      .whole_recordings = TRUE,
      .path = "(?:^|/)spno\\.(?<s>\\d+)/(?<f>[^/]+)(?:/color)?$",
      .shape = "spNO.1/a/color",
  },
  {
      .name = "samm",
      .title = "SAMM",
      .frame_rate = 200,
      .has_header = TRUE,
      .columns = { "subject", "filename", "onsetframe|onset", "apexframe|apex",
          "offsetframe|offset", NULL, "actionunits", "estimatedemotion", NULL,
          "objectiveclasses|objectiveclass" },
      .path = "(?:^|/)(?<f>(?<s>\\d+)_\\d+_\\d+)$",
      .shape = "006/006_1_2",
  },
  {
      .name = "samm-long",
      .title = "SAMM Long Videos",
      .frame_rate = 200,
      .has_header = TRUE,
      .columns = { "subject", "filename", "onset|onsetframe", "apex|apexframe",
          "offset|offsetframe", NULL, "actionunits", NULL, "type", NULL },
      .file_rule = FILE_HAS_ROW,
      .has_macro = TRUE,
      .whole_recordings = TRUE,
      .path = "(?:^|/)(?<f>(?<s>\\d+)_\\d+)$",
      .shape = "006_1",
  },
  {
      .name = "smic-hs",
      .title = "SMIC-HS",
      .frame_rate = 100,
      .has_header = TRUE,
      .columns = { "subject", "filename", "onsetf", NULL, "offsetf", "firstf", NULL, "emotion",
          NULL, NULL },
      .path = "(?:^|/)(?<f>s(?<s>\\d+)_[a-z]+_\\d+)$",
      .shape = "s01/s1_ne_01",
  },
  {
      .name = "mmew",
      .title = "MMEW",
      .frame_rate = 90,
      .has_header = TRUE,
      .columns = { "subject", "filename", "onsetframe|onset", "apexframe|apex",
          "offsetframe|offset", NULL, "actionunits", "estimatedemotion", NULL, NULL },
      .path = "(?:^|/)(?<f>s(?<s>\\d+)-\\d+-\\d+)$",
      .shape = "happiness/S01-01-001",
  },
  {
      .name = "review",
      .title = "sheets of microexpr-review",
      .frame_rate = 30,
      .has_header = TRUE,
      .columns = { "subject", "filename", "onset", "apex", "offset", NULL, "au", "emotion",
          "expressiontype", NULL },
      .has_macro = TRUE,
      .whole_recordings = TRUE,
      .path = "(?:^|/)(?<f>[^/\\d]*(?<s>\\d{0,9})[^/]*)$",
      .shape = "person 1 interview",
  },
};
const guint n_layouts = G_N_ELEMENTS (layouts);

const Layout *
layout_find (const char *name)
{
  for (guint i = 0; i < n_layouts; i++) {
    if (g_str_equal (layouts[i].name, name))
      return &layouts[i];
  }
  return NULL;
}
