// Maps from our own shapes: grids, buildings, numbered points; and picking a point. All looks come from map.css.
(function () {
  "use strict";
  if (!window.L) return;
  const MANY = 40; // more pins than this would only cover each other

  function rings(shape) { // [lon, lat] as GeoJSON has it -> Leaflet's [lat, lon]
    const turn = function (ring) { return ring.map(function (at) { return [at[1], at[0]]; }); };
    if (shape.ring) return [turn(shape.ring)];
    const geometry = shape.geometry || shape;
    if (geometry.type === "Polygon") return geometry.coordinates.map(turn);
    if (geometry.type === "MultiPolygon") return geometry.coordinates.map(function (part) { return part.map(turn); });
    return [];
  }
  function label(at, text, css) {
    const icon = L.divIcon({ className: css, html: "", iconSize: [120, 16] });
    const marker = L.marker(at, { icon: icon, interactive: false, keyboard: false });
    marker.on("add", function () { marker.getElement().textContent = text; });
    return marker;
  }
  function pin(point, number) {
    const box = document.createElement("div");
    box.className = "m-pin" + (point.tone ? " is-" + point.tone : "") + (point.on ? " is-on" : "");
    const sign = document.createElement("b");
    sign.textContent = number;
    box.append(sign);
    const size = point.on ? 34 : 26;
    const icon = L.divIcon({ className: "m-at", html: box, iconSize: [size, size], iconAnchor: [size / 2, size * 1.2] });
    const name = number + ". " + (point.label || "") + (point.place ? ", " + point.place : "");
    const marker = L.marker([point.lat, point.lon], {
      icon: icon, title: name, alt: name, keyboard: !!point.url, interactive: !!point.url,
      zIndexOffset: point.tone === "over" ? 1000 : point.tone === "soon" ? 500 : 0,
    });
    if (point.url) marker.on("click keypress", function (event) {
      if (event.type === "click" || event.originalEvent.key === "Enter") location.href = point.url;
    });
    return marker;
  }
  function shapes(map, data) {
    const bounds = L.latLngBounds([]);
    const buildings = data.buildings || [], hits = [].concat(data.hit || []);
    const draw = function (shape, name, looks, named) {
      const at = shape.geometry && shape.geometry.type === "Point" ? shape.geometry.coordinates : null;
      const drawn = at ? L.circleMarker([at[1], at[0]], Object.assign({ radius: 4, interactive: false }, looks))
        : L.polygon(rings(shape), Object.assign({ interactive: false }, looks));
      drawn.addTo(map);
      const middle = at ? drawn.getLatLng() : drawn.getBounds().isValid() && drawn.getBounds().getCenter();
      if (!middle) return;
      bounds.extend(at ? middle : drawn.getBounds());
      if (name) label(middle, name, named).addTo(map);
    };
    buildings.forEach(function (each) {
      const own = each.properties || each, hit = own.hit || hits.includes(each.id) ? " is-hit" : "";
      draw(each, own.number || own.name, { className: "m-house" + hit, weight: 1 }, "m-lab" + hit);
    });
    (data.grids || []).forEach(function (each) {
      const name = buildings.length ? "" : (each.properties || each).name;
      draw(each, name, { className: "m-grid", weight: 1.6, dashArray: "5 4" }, "m-glab");
    });
    (data.areas || []).forEach(function (each) { // places in shades: the darker, the more; the words stand on them
      const area = L.polygon(rings(each), { className: "m-area is-d" + (each.depth || 0), weight: 2, interactive: !!each.url });
      area.addTo(map);
      if (!area.getBounds().isValid()) return;
      bounds.extend(area.getBounds());
      if (each.url) area.on("click", function () { location.href = each.url; });
      label(area.getBounds().getCenter(), each.name + " " + each.text, "m-alab is-d" + (each.depth || 0)).addTo(map);
    });
    return bounds;
  }
  function points(map, data, bounds, el) {
    const all = data.points || [];
    const group = all.length > MANY && L.markerClusterGroup ? L.markerClusterGroup({
      showCoverageOnHover: false,
      iconCreateFunction: function (cluster) {
        const box = document.createElement("div");
        box.className = "m-many";
        box.textContent = cluster.getChildCount();
        box.setAttribute("aria-label", el.dataset.many + ": " + cluster.getChildCount());
        return L.divIcon({ className: "m-at", html: box, iconSize: [40, 40] });
      },
    }) : L.layerGroup();
    all.forEach(function (point, at) {
      if (point.lat == null || point.lon == null) return;
      group.addLayer(pin(point, point.number || at + 1));
      bounds.extend([point.lat, point.lon]);
    });
    group.addTo(map);
  }
  function dot(point) {
    const link = document.createElement("a");
    link.href = point.url;
    link.title = point.label;
    link.draggable = false;
    link.setAttribute("aria-label", point.label);
    const icon = L.divIcon({ className: "m-at m-more", html: link, iconSize: [24, 24] });
    return L.marker([point.lat, point.lon], { icon: icon, pane: "dots", interactive: false, keyboard: false });
  }
  function dots(map, box, data) { // what else is open in view: asked for when it is seen, and when the map was moved
    const said = box.querySelector("[data-dots]"), listed = new Set((data.points || []).map(function (each) { return each.url; }));
    map.createPane("dots");
    const group = L.markerClusterGroup({
      clusterPane: "dots", showCoverageOnHover: false, maxClusterRadius: 32,
      iconCreateFunction: function (cluster) {
        const sign = document.createElement("div"), count = cluster.getChildCount();
        sign.className = "m-some" + (count > 99 ? " is-wide" : "");
        sign.textContent = count;
        sign.setAttribute("aria-label", box.querySelector("[data-map]").dataset.many + ": " + count);
        return L.divIcon({ className: "m-at", html: sign, iconSize: [count > 99 ? 34 : 24, 24] });
      },
    }).addTo(map);
    let timer, asking, known; // known: the bounds that need not be asked for again
    function ask() {
      const seen = map.getBounds();
      if (known && known.contains(seen)) return;
      const area = seen.pad(0.3), address = new URL(data.dots, location.href);
      if (asking) asking.abort();
      asking = new AbortController();
      address.searchParams.set("box", area.toBBoxString().split(",").map(function (at) { return Number(at).toFixed(4); }).join());
      fetch(address, { signal: asking.signal }).then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      }).then(function (found) {
        const others = found.points.filter(function (each) { return !listed.has(each.url); });
        known = found.all ? area : null;
        group.clearLayers();
        group.addLayers(others.map(dot));
        said.textContent = others.length ? (found.all ? said.dataset.all : said.dataset.some) : "";
      }).catch(function () { /* the list and its pins stand without the dots */ });
    }
    function soon() { clearTimeout(timer); timer = setTimeout(ask, 300); }
    const watch = new IntersectionObserver(function (entries) {
      if (!entries.some(function (each) { return each.isIntersecting; })) return;
      watch.disconnect();
      map.on("moveend", soon);
      soon();
    });
    watch.observe(box);
  }
  function legend(box, all) {
    const shown = box.querySelector("[data-legend]");
    if (!shown) return;
    shown.hidden = false;
    shown.querySelectorAll("[data-tone]").forEach(function (entry) {
      const count = all.filter(function (point) { return point.tone === entry.dataset.tone; }).length; // no tone: nothing is due there
      entry.hidden = !count;
      entry.querySelector("b").textContent = count;
    });
  }
  function picking(map, box, data) {
    const lon = box.querySelector("[data-lon]"), lat = box.querySelector("[data-lat]");
    const said = box.querySelector("[data-picked]");
    let marker;
    function put(at) {
      const spot = { lat: at.lat, lon: at.lng, tone: "soon", on: true, label: said.dataset.set };
      if (marker) marker.remove();
      marker = pin(spot, "●").addTo(map);
      lon.value = at.lng.toFixed(6);
      lat.value = at.lat.toFixed(6);
      said.textContent = said.dataset.set;
    }
    box.querySelector("[data-picktools]").hidden = false;
    box.querySelector("[data-middle]").addEventListener("click", function () { put(map.getCenter()); });
    map.on("click", function (event) { put(event.latlng); });
    document.addEventListener("mulin:place", function (event) {
      const at = L.latLng(event.detail.lat, event.detail.lon);
      map.setView(at, Math.max(map.getZoom(), 17), { animate: false });
      put(at);
    });
    if (lon.value && lat.value) put(L.latLng(Number(lat.value), Number(lon.value)));
  }
  function draw(el) {
    const data = JSON.parse(document.getElementById(el.dataset.map).textContent);
    const box = el.closest("[data-mapbox]");
    const alive = data.pick || (data.points || []).length > 0;
    const map = L.map(el, {
      keyboard: alive, dragging: alive, zoomControl: false, scrollWheelZoom: false, zoomSnap: 0.25, minZoom: 3, maxZoom: 20,
      attributionControl: !!el.dataset.tiles, zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false,
    });
    if (alive && el.clientHeight > 200) L.control.zoom({ zoomInTitle: el.dataset.zoomIn, zoomOutTitle: el.dataset.zoomOut }).addTo(map);
    if (el.dataset.tiles) {
      el.classList.add("has-tiles");
      L.tileLayer(el.dataset.tiles, { attribution: el.dataset.attribution, maxZoom: 20 }).addTo(map);
    }
    map.setView(data.center ? [data.center[1], data.center[0]] : [35, 105], data.zoom || (data.center ? 17 : 4));
    const bounds = shapes(map, data);
    points(map, data, bounds, el);
    // From afar the houses' numbers would only cover each other.
    const far = function () { el.classList.toggle("is-far", map.getZoom() < 16); };
    map.on("zoomend", far);
    function fit() {
      if (!data.zoom && bounds.isValid()) map.fitBounds(bounds, { padding: [12, 12], maxZoom: 18, animate: false });
    }
    fit();
    // The shapes of a community are one address for every map: the browser keeps them.
    if (data.places) fetch(data.places).then(function (answer) { return answer.json(); }).then(function (places) {
      const of = function (kind) { return places.features.filter(function (each) { return each.properties.kind === kind; }); };
      bounds.extend(shapes(map, { grids: of("grid"), buildings: of("building"), hit: data.hit }));
      fit();
    }).catch(function () { /* the pins and the list stand without the shapes */ });
    if (!alive) el.removeAttribute("tabindex");
    far();
    legend(box, data.points || []);
    if (data.dots && L.markerClusterGroup && box.querySelector("[data-dots]")) dots(map, box, data);
    if (data.pick) picking(map, box, data);
  }
  document.querySelectorAll("[data-map]").forEach(function (el) {
    if (el.dataset.drawn) return;
    el.dataset.drawn = "yes";
    el.hidden = false;
    // A map further down is drawn when one comes near it: the list above it can be read and used sooner.
    const watch = new IntersectionObserver(function (entries) {
      if (!entries.some(function (each) { return each.isIntersecting; })) return;
      watch.disconnect();
      draw(el);
    }, { rootMargin: "400px" });
    watch.observe(el);
    window.addEventListener("beforeprint", function () { if (!el.classList.contains("leaflet-container")) { watch.disconnect(); draw(el); } });
  });
})();
