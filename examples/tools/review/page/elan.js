/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Annotations for ELAN (EAF 3.0), in the tiers of examples/elan.py, with the coder's labels and
 * another tier below each event for decision and note. Times are whole milliseconds. */

const ELAN_CONSTRAINTS = {
  Time_Subdivision: 'Parts of the parent without gaps between them',
  Included_In: 'Annotations within the time of the parent',
};
const ELAN_TYPES = {
  event: null,
  phase: 'Time_Subdivision',
  'action unit': 'Included_In',
  review: 'Included_In',
};

const toMs = ns => Math.round(ns / 1e6);

class ElanDocument {
  constructor() {
    this.tiers = new Map(); /* by name: {type, parent, annotations} */
    this.ends = new Map(); /* of the last annotation, ms, by name */
    this.slots = []; /* ms; annotations hold indices into it */
  }

  slot(ms) {
    return this.slots.push(ms) - 1;
  }

  annotate(name, type, parent, begin, end, value) {
    if (!this.tiers.has(name)) this.tiers.set(name, { type, parent, annotations: [] });
    this.tiers.get(name).annotations.push({ begin, end, value });
  }

  /* The first of `name`, `name (2)` ... that is free then: annotations of a tier cannot overlap. */
  freeTier(name, begin) {
    let free = name;
    for (let n = 2; (this.ends.get(free) ?? 0) > begin; n++) free = `${name} (${n})`;
    return free;
  }

  write(media) {
    const root = document.implementation.createDocument(null, 'ANNOTATION_DOCUMENT');
    const top = root.documentElement;
    const add = (parent, name, attributes = {}, text) => {
      const node = parent.appendChild(root.createElement(name));
      for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
      if (text !== undefined) node.textContent = text;
      return node;
    };
    const schema = 'http://www.w3.org/2001/XMLSchema-instance';
    top.setAttributeNS('http://www.w3.org/2000/xmlns/', 'xmlns:xsi', schema);
    top.setAttributeNS(
      schema,
      'xsi:noNamespaceSchemaLocation',
      'http://www.mpi.nl/tools/elan/EAFv3.0.xsd',
    );
    for (const [key, value] of Object.entries({
      AUTHOR: 'gst-microexpr',
      FORMAT: '3.0',
      VERSION: '3.0',
      DATE: new Date().toISOString().replace(/\.\d+/, ''),
    }))
      top.setAttribute(key, value);

    const header = add(top, 'HEADER', { MEDIA_FILE: '', TIME_UNITS: 'milliseconds' });
    add(header, 'MEDIA_DESCRIPTOR', media);
    const order = add(top, 'TIME_ORDER');
    const sorted = this.slots.map((ms, index) => ({ ms, index })).sort((a, b) => a.ms - b.ms);
    const names = [];
    sorted.forEach(({ ms, index }, n) => {
      names[index] = `ts${n + 1}`;
      add(order, 'TIME_SLOT', { TIME_SLOT_ID: names[index], TIME_VALUE: ms });
    });
    let number = 0;
    for (const [name, tier] of this.tiers) {
      const node = add(top, 'TIER', {
        TIER_ID: name,
        LINGUISTIC_TYPE_REF: tier.type,
        ...(tier.parent && { PARENT_REF: tier.parent }),
      });
      for (const { begin, end, value } of tier.annotations) {
        const annotation = add(add(node, 'ANNOTATION'), 'ALIGNABLE_ANNOTATION', {
          ANNOTATION_ID: `a${++number}`,
          TIME_SLOT_REF1: names[begin],
          TIME_SLOT_REF2: names[end],
        });
        add(annotation, 'ANNOTATION_VALUE', {}, value);
      }
    }
    for (const [name, constraint] of Object.entries(ELAN_TYPES))
      add(top, 'LINGUISTIC_TYPE', {
        LINGUISTIC_TYPE_ID: name,
        TIME_ALIGNABLE: 'true',
        GRAPHIC_REFERENCES: 'false',
        ...(constraint && { CONSTRAINTS: constraint }),
      });
    for (const [name, description] of Object.entries(ELAN_CONSTRAINTS))
      add(top, 'CONSTRAINT', { STEREOTYPE: name, DESCRIPTION: description });
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(root);
  }
}

/* "1.9 left 1.9 right 1.3"; units added by the coder have no strength. */
function describeStrength(event, unit) {
  const { 'action-units': all, left, right } = event.fields;
  if (!(unit in all)) return unit;
  const side = (name, units) => (unit in units ? [name, units[unit].toFixed(1)] : []);
  return [all[unit].toFixed(1), ...side('left', left), ...side('right', right)].join(' ');
}

/* "surprise 82 %", "boredom (own label) added" */
function describeElan(event, codings) {
  const label = codings.labelOf(event);
  const own = codings.of(event)['own-label'] && '(own label)';
  const sure = event.added ? 'added' : percent(event.confidence);
  return [label ?? event.kind, own, sure].filter(Boolean).join(' ');
}

/* whose: before the names of tiers. */
function addElanEvent(doc, event, codings, whose) {
  const begin = toMs(codings.nsOf(event, 'onset')),
    end = Math.max(toMs(codings.nsOf(event, 'offset')), begin + 2);
  const apex = Math.min(Math.max(toMs(codings.nsOf(event, 'apex')), begin + 1), end - 1);
  const name = doc.freeTier(`${whose}face ${event.face} ${event.kind}`, begin);
  const [first, middle, last] = [begin, apex, end].map(ms => doc.slot(ms));
  const { decision, note } = codings.of(event);

  doc.ends.set(name, end);
  doc.annotate(
    name,
    'event',
    null,
    first,
    last,
    describeElan(event, codings),
  );
  doc.annotate(`${name} phase`, 'phase', name, first, middle, 'onset');
  doc.annotate(`${name} phase`, 'phase', name, middle, last, 'offset');
  for (const unit of codings.unitsOf(event))
    doc.annotate(
      `${name} ${unit}`,
      'action unit',
      name,
      doc.slot(begin),
      doc.slot(end),
      describeStrength(event, unit),
    );
  if (decision || note)
    doc.annotate(
      `${name} review`,
      'review',
      name,
      doc.slot(begin),
      doc.slot(end),
      [decision, note].filter(Boolean).join(': '),
    );
}

/* Rejected events are left out, and candidates that were not accepted. Other coders who are
 * compared have tiers of their own, of what they accepted or added. */
function writeElan(report, codings, comparison) {
  const doc = new ElanDocument();
  for (const event of codings.events)
    if (codings.counts(event)) addElanEvent(doc, event, codings, '');
  for (const other of comparison.others())
    for (const event of other.events)
      if (other.verdictOf(event) === 'accepted')
        addElanEvent(doc, event, other, `${other.coder || 'without a name'}: `);
  const link = report.video || './' + encodeURIComponent(report.recording.name);
  const url = location.protocol === 'file:' ? new URL(link, location.href).href : link;
  const types = {
    mp4: 'video/mp4',
    m4v: 'video/mp4',
    webm: 'video/webm',
    mov: 'video/quicktime',
    avi: 'video/x-msvideo',
    mkv: 'video/x-matroska',
    mpg: 'video/mpeg',
    mpeg: 'video/mpeg',
  };
  return doc.write({
    MEDIA_URL: url,
    RELATIVE_MEDIA_URL: link,
    MIME_TYPE: types[link.split('.').pop().toLowerCase()] ?? 'video/*',
  });
}
