/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Creates elements with attributes and children. */

/* element('p', {class: 'x', onclick: f, text: 'words'}, child...); a child may be a string. */
function element(name, attributes = {}, ...children) {
  const svg = ['svg', 'line', 'path', 'circle', 'ellipse', 'g', 'rect', 'text', 'title'].includes(name);
  const node = svg
    ? document.createElementNS('http://www.w3.org/2000/svg', name)
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'text') node.textContent = value;
    else if (typeof value === 'function') node[key] = value;
    else if (typeof value === 'boolean') node.toggleAttribute(key, value);
    else if (value !== undefined && value !== null) node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

const byId = id => document.getElementById(id);
