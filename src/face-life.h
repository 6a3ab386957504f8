/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The life of a followed face: its series begins and is finished, perhaps several times, and in the
 * end the face is dropped. What its spotter finds becomes events that wait to be fetched. */
#pragma once

#include "analyzer-state.h"

G_BEGIN_DECLS

/* Its track was started, for the first time or with other landmarks: a new series. */
void me_face_begin (MeAnalyzer *analyzer, MeFollowed *face);

/* Its series ends: events that can be concluded are reported. */
void me_face_finish (MeAnalyzer *analyzer, MeFollowed *face);

/* Forgets the face, and clears its warnings. Its series is finished before, or lost. */
void me_face_drop (MeAnalyzer *analyzer, MeFollowed *face);

/* A frame was added to its series: shows it to whoever watches and reports the events that are
 * concluded. */
void me_face_report (MeAnalyzer *analyzer, MeFollowed *face);

G_END_DECLS
