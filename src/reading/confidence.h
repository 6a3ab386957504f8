/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How likely a spotted interval is real: one number from what its spotter and the reading of its
 * action units saw of it. */
#pragma once

#include "action-units.h"
#include "spotting/spotter.h"

G_BEGIN_DECLS

#define ME_DEFAULT_CONFIDENCE 0.5 /* rather true than not */

/* What speaks for and against a micro-expression. */
typedef enum
{
  ME_EVIDENCE_RATIO,    /* log of motion over threshold */
  ME_EVIDENCE_FIT,      /* log of the share of the motion that action units explain */
  ME_EVIDENCE_EXCESS,   /* log of the motion over what micro-expressions reach; 0 below */
  ME_EVIDENCE_SYMMETRY, /* of the flanks */
  ME_EVIDENCE_UNREST,   /* log of the unrest just before and after */
  ME_EVIDENCE_STEP,     /* what did not come back */
  ME_EVIDENCE_HEAD,     /* log of 1 + motion of the head in % IPD */
  ME_EVIDENCE_NOISE,    /* log of the noise of this face in % IPD */
  ME_EVIDENCE_LIDS,     /* 1: the lids moved */
  ME_EVIDENCE_DURATION, /* s */
  ME_EVIDENCE_SPEECH,   /* the mouth's share of the motion, times `speaking` */
  ME_EVIDENCE_BLINK,    /* the brows' share of the motion, times `blink` of the spot */
  ME_N_EVIDENCE
} MeEvidence;

void me_evidence (const MeSpot *spot, const MeUnitReading *reading, double evidence[ME_N_EVIDENCE]);

double me_confidence (const MeSpot *spot, const MeUnitReading *reading);

G_END_DECLS
