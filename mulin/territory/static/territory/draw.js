// Drawing an area on the map: corners by clicks, moved, added, taken away, undone. What is drawn is written into the field of corners.
(function () {
  "use strict";
  const box = document.querySelector("[data-drawing]"), field = document.querySelector("[data-shape]");
  if (!window.L || !box || !field) return;
  const data = JSON.parse(document.getElementById("draw-data").textContent), SNAP = 12, STEP = 4, ROOM = 26;
  const said = box.querySelector("[data-said]"), undoButton = box.querySelector("[data-undo]");
  let corners = [], open = true, parts = null, past = [], snaps = [], markers = [];

  box.hidden = false;
  const map = L.map("draw-map", { zoomControl: false, scrollWheelZoom: true, doubleClickZoom: false, maxZoom: 20, zoomAnimation: false, fadeAnimation: false, attributionControl: !!data.tiles });
  if (data.tiles) L.tileLayer(data.tiles, { maxZoom: 20 }).addTo(map);
  L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  const others = L.layerGroup().addTo(map), own = L.polygon([], { className: "d-own", interactive: false }).addTo(map);

  function at(corner) { return L.latLng(corner[1], corner[0]); }
  function rings(geometry) { return geometry.type === "Polygon" ? geometry.coordinates : [].concat.apply([], geometry.coordinates); }
  function flip(ring) { return ring.map(function (each) { return [each[1], each[0]]; }); }

  function read() { // the field -> corners; what has several parts is only shown
    const text = field.value.trim();
    parts = null;
    corners = [];
    if (text.startsWith("{")) {
      try {
        let shape = JSON.parse(text);
        if (shape.type === "FeatureCollection") shape = shape.features[0];
        if (shape.type === "Feature") shape = shape.geometry;
        if (shape.type === "Polygon" && shape.coordinates.length === 1) corners = shape.coordinates[0].slice(0, -1);
        else parts = shape;
      } catch (error) { /* half typed: shown when it is whole */ }
    } else {
      corners = text.split("\n").map(function (line) { return (line.match(/-?\d+(\.\d+)?/g) || []).map(Number); })
        .filter(function (each) { return each.length === 2; });
      if (corners.length > 1 && String(corners[0]) === String(corners[corners.length - 1])) corners.pop();
    }
    open = corners.length < 3;
  }
  function write() {
    field.value = corners.map(function (each) { return each[0].toFixed(6) + ", " + each[1].toFixed(6); }).join("\n");
  }
  function turn(a, b, c) { return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]); }
  function crosses() {
    const count = corners.length;
    for (let one = 0; one < count; one++) for (let two = one + 2; two < count; two++) {
      if (one === 0 && two === count - 1) continue;
      const a = corners[one], b = corners[one + 1], c = corners[two], d = corners[(two + 1) % count];
      if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) return true;
    }
    return false;
  }
  function snapped(latlng, skip) { // the nearest corner of a neighbour, when it is only a few dots away
    const here = map.latLngToLayerPoint(latlng);
    let best = null, least = SNAP;
    snaps.forEach(function (each) {
      const far = here.distanceTo(map.latLngToLayerPoint(at(each)));
      if (far < least) { best = each; least = far; }
    });
    return best ? [best[0], best[1]] : [latlng.lng, latlng.lat];
  }
  function remember() { past.push(JSON.stringify([corners, open, parts])); if (past.length > 200) past.shift(); }
  function icon(name) { return L.divIcon({ className: name, html: "", iconSize: [24, 24] }); }

  function corner(index) {
    const name = box.dataset.corner + " " + (index + 1);
    const marker = L.marker(at(corners[index]), { icon: icon("d-corner" + (index ? "" : " is-first")), draggable: true, alt: name, title: name });
    marker.on("dragstart", remember);
    marker.on("drag", function (event) { corners[index] = [event.latlng.lng, event.latlng.lat]; shape(); });
    marker.on("dragend", function () { corners[index] = snapped(marker.getLatLng()); done(index); });
    marker.on("click", function () { if (open && index === 0 && corners.length > 2) { open = false; done(0); } });
    marker.on("keydown", function (event) {
      const key = event.originalEvent.key, move = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[key];
      if (key === "Delete" || key === "Backspace") { remember(); corners.splice(index, 1); done(Math.max(index - 1, 0)); }
      else if (move) {
        remember();
        const there = map.layerPointToLatLng(map.latLngToLayerPoint(at(corners[index])).add(move));
        corners[index] = [there.lng, there.lat];
        done(index);
      } else return;
      event.originalEvent.preventDefault();
      event.originalEvent.stopPropagation();
    });
    marker.on("contextmenu", function () { remember(); corners.splice(index, 1); done(); });
    return marker;
  }
  function between(index) { // a small dot in the middle of an edge: dragged or pressed, it becomes a corner
    const a = corners[index], b = corners[(index + 1) % corners.length], name = box.dataset.between;
    const marker = L.marker(at([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]), { icon: icon("d-between"), draggable: true, alt: name, title: name });
    const add = function () { remember(); const there = snapped(marker.getLatLng()); corners.splice(index + 1, 0, there); done(index + 1); };
    marker.on("dragend", add);
    marker.on("click", add);
    marker.on("keypress", function (event) { if (event.originalEvent.key === "Enter") add(); });
    return marker;
  }
  function shape() {
    const bad = corners.length > 3 && crosses();
    own.setLatLngs(parts ? rings(parts).map(flip) : corners.map(at));
    if (own.getElement()) own.getElement().classList.toggle("is-bad", bad);
    box.classList.toggle("is-bad", bad);
    const words = parts ? "parts" : bad ? "crosses" : corners.length < 3 ? "few" : open ? "more" : "ready";
    if (said.textContent !== box.dataset[words]) said.textContent = box.dataset[words];
    undoButton.disabled = !past.length;
  }
  function draw(focus) {
    markers.forEach(function (each) { each.remove(); });
    const taken = [], shown = [], halves = [];
    function free(latlng) { // closer together than a fingertip, they show when one zooms in; the field has them all
      const here = map.latLngToLayerPoint(latlng);
      return taken.some(function (each) { return each.distanceTo(here) < ROOM; }) ? false : taken.push(here);
    }
    const order = parts ? [] : corners.map(function (each, index) { return index; });
    order.sort(function (one, two) { return (two === focus) - (one === focus); });
    order.forEach(function (index) { if (free(at(corners[index]))) shown[index] = corner(index); });
    if (!open && !parts) corners.forEach(function (each, index) {
      const half = between(index);
      if (free(half.getLatLng())) halves.push(half);
    });
    markers = shown.filter(Boolean).concat(halves);
    markers.forEach(function (each) { each.addTo(map); });
    shape();
    if (focus !== undefined && shown[focus]) shown[focus].getElement().focus({ preventScroll: true });
  }
  function done(focus) { write(); draw(focus); }

  map.on("zoomend", function () { draw(); });
  map.on("click", function (event) {
    if (!open || parts) return;
    remember();
    corners.push(snapped(event.latlng));
    done();
  });
  undoButton.addEventListener("click", function () {
    if (!past.length) return;
    const was = JSON.parse(past.pop());
    corners = was[0]; open = was[1]; parts = was[2];
    if (parts) field.value = JSON.stringify(parts); else write();
    draw();
  });
  box.querySelector("[data-anew]").addEventListener("click", function () {
    remember();
    corners = []; open = true; parts = null;
    done();
  });
  field.addEventListener("change", function () { remember(); read(); draw(); });

  function other(geometry, looks) {
    if (geometry.type === "Point") return;
    L.polygon(rings(geometry).map(flip), { className: looks, interactive: false }).addTo(others);
    if (looks === "d-other") rings(geometry).forEach(function (ring) { snaps = snaps.concat(ring); });
  }
  read();
  if (data.box) map.fitBounds([[data.box[1], data.box[0]], [data.box[3], data.box[2]]], { animate: false, padding: [10, 10] });
  else map.setView([35, 105], 4);
  draw();
  if (corners.length > 2 || parts) map.fitBounds(own.getBounds(), { animate: false, padding: [40, 40], maxZoom: 18 });
  if (data.boundary) other(data.boundary, "d-other");
  fetch(data.places).then(function (answer) { return answer.json(); }).then(function (places) {
    places.features.forEach(function (each) {
      const kind = each.properties.kind;
      if (kind === "building") other(each.geometry, "d-house");
      if (kind === "grid" && each.id !== data.own) other(each.geometry, "d-other");
    });
    own.bringToFront();
  }).catch(function () { /* the drawing stands without the neighbours */ });
})();
