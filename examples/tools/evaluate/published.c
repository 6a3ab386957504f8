/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One published result per row. */
#include "published.h"

#define YIN "listed by Yin et al. 2023, github.com/xjtupanda/AUW-GCN"
#define HTNET "listed by Wang et al. 2023, github.com/wangzhifengharrison/HTNet"
#define MEAN "github.com/genbing99/MEAN_Spot-then-recognize"

const PublishedSpotting published_spotting[] = {
  { "casme-squared", "MDMD, He 2020", FALSE, .1196, .0082, .0376, YIN },
  { "casme-squared", "SP-FD, Zhang 2020", FALSE, .2131, .0547, .1403, YIN },
  { "casme-squared", "OF-FD, He Yuhong 2021", FALSE, .3782, .1965, .3436,
      YIN "; method: doi 10.1145/3474085.3479225" },
  { "casme-squared", "Zhao 2022", FALSE, .4717, .2522, .4436,
      "github.com/shengjianda/micro-expression-spot" },
  { "casme-squared", "SOFTNet, Liong 2021", TRUE, .2410, .1173, .2022, YIN },
  { "casme-squared", "LSSNet, Yu 2021", TRUE, .3770, .0420, .3250, YIN },
  { "casme-squared", "MTSN 2022", TRUE, .4104, .0808, .3620, YIN },
  { "casme-squared", "AUW-GCN, Yin 2023", TRUE, .4235, .1538, .3834, YIN },
  { "casme-squared", "LGSNet 2024", TRUE, 0, 0, .4637, "github.com/williamlee91/LGSNet" },
  { "samm-long", "MDMD, He 2020", FALSE, .0629, .0364, .0445, YIN },
  { "samm-long", "SP-FD, Zhang 2020", FALSE, .0725, .1331, .0999, YIN },
  { "samm-long", "OpenFace AUs, Yap 2020", FALSE, .4081, .0508, .3299, "arXiv 1911.01519" },
  { "samm-long", "OF-FD, He Yuhong 2021", FALSE, .4149, .2162, .3638,
      YIN "; method: doi 10.1145/3474085.3479225" },
  { "samm-long", "SOFTNet, Liong 2021", TRUE, .2169, .1520, .1881, YIN },
  { "samm-long", "LSSNet, Yu 2021", TRUE, .2810, .1310, .2380, YIN },
  { "samm-long", "MTSN 2022", TRUE, .3459, .0878, .2867, YIN },
  { "samm-long", "AUW-GCN, Yin 2023", TRUE, .4293, .1984, .3728, YIN },
  { "samm-long", "LGSNet 2024", TRUE, 0, 0, .388, "github.com/williamlee91/LGSNet" },
};
const guint n_published_spotting = G_N_ELEMENTS (published_spotting);

const PublishedRecognition published_recognition[] = {
  { "casme2", "LBP-TOP + SVM, Yan 2014 (leave one video out)", 0, 0, .6341,
      "Yan et al. 2014, PLoS ONE 9(1): e86041" },
  { "casme2", "LBP-TOP", .703, .743, 0, HTNET },
  { "casme2", "Bi-WOOF", .781, .803, 0, HTNET },
  { "casme2", "HTNet", .953, .952, 0, HTNET },
  { "samm", "LBP-TOP", .395, .410, 0, HTNET },
  { "samm", "Bi-WOOF", .521, .514, 0, HTNET },
  { "samm", "HTNet", .813, .812, 0, HTNET },
  { "smic-hs", "LBP-TOP", .200, .528, 0, HTNET },
  { "smic-hs", "Bi-WOOF", .573, .583, 0, HTNET },
  { "smic-hs", "HTNet", .805, .791, 0, HTNET },
};
const guint n_published_recognition = G_N_ELEMENTS (published_recognition);

const PublishedStrs published_strs[] = {
  { "casme-squared", "MEAN", .0809, MEAN },
  { "samm-long", "MEAN", .0499, MEAN },
  { "casme2", "MEAN", .3862, MEAN },
  { "smic-hs", "MEAN", .1968, MEAN },
};
const guint n_published_strs = G_N_ELEMENTS (published_strs);
