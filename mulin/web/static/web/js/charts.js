// Charts: drawn on a canvas when they come into view; the table beside them says the same and stays for paper and readers.
(function () {
  "use strict";
  const SHAPES = ["circle", "rect"], COLOURS = ["--ml-slate", "--ml-green"], WORDS = ["--ml-slate-text", "--ml-green-text"];
  let engine; // fetched once, for the first chart that is seen
  function load(address) {
    engine = engine || new Promise(function (done, failed) {
      const script = document.createElement("script");
      script.src = address;
      script.onload = function () { done(window.echarts); };
      script.onerror = failed;
      document.head.append(script);
    });
    return engine;
  }
  function look(box) {
    const style = getComputedStyle(box);
    return function (name) { return style.getPropertyValue(name).trim(); };
  }
  function room(series, size) { // for the longest name at the end of its line; a Chinese sign is as wide as two letters
    const widths = series.map(function (line) { return line.name.replace(/[^\x00-\xff]/g, "xx").length; });
    return Math.min(Math.max.apply(null, widths) * size * 0.6 + 16, 160);
  }
  function option(data, box) {
    const colour = look(box), size = parseFloat(getComputedStyle(box).fontSize) * 0.8125;
    const text = { color: colour("--ml-ink-2"), fontSize: size, fontFamily: colour("--ml-sans") };
    const dark = document.documentElement.dataset.bsTheme === "dark", bars = data.kind === "bar";
    const alone = data.series.length === 1; // its name stands above the chart
    return {
      animation: false, textStyle: text,
      grid: { left: 8, right: bars || alone ? 16 : room(data.series, size), top: bars && data.series.length > 1 ? 36 : 20, bottom: 4, containLabel: true },
      legend: bars && data.series.length > 1 ? { top: 0, left: 0, textStyle: text, itemWidth: 14 } : undefined,
      tooltip: {
        trigger: "axis", renderMode: "richText", confine: true, backgroundColor: colour("--ml-surface"),
        borderColor: colour("--ml-line-strong"), textStyle: { color: colour("--ml-ink"), fontSize: size },
      },
      xAxis: {
        type: "category", data: data.labels, boundaryGap: bars, axisLabel: Object.assign({ hideOverlap: true }, text),
        axisLine: { lineStyle: { color: colour("--ml-line-strong") } }, axisTick: { show: false },
      },
      yAxis: {
        type: "value", min: bars || data.most ? 0 : undefined, max: data.most, interval: data.most ? data.most / 4 : undefined, minInterval: 1, splitNumber: 4, axisLabel: text,
        splitLine: { lineStyle: { color: colour("--ml-line"), type: "dashed" } },
      },
      series: data.series.map(function (line, at) {
        const own = { color: colour(COLOURS[at % 2]) };
        if (bars) return {
          type: "bar", name: line.name, data: line.values, barMaxWidth: 28, itemStyle: own,
          label: { show: true, position: "top", color: colour("--ml-ink"), fontSize: size },
        };
        return {
          type: "line", name: line.name, data: line.values, symbol: SHAPES[at % 2], symbolSize: 8, showAllSymbol: true,
          itemStyle: own, lineStyle: Object.assign({ width: 2.5, type: at ? "solid" : [6, 3] }, own), labelLayout: { moveOverlap: "shiftY" },
          endLabel: { show: !alone, formatter: "{a}", color: colour(WORDS[at % 2]), fontSize: size, fontWeight: 600 },
        };
      }),
      darkMode: dark,
    };
  }
  function fold(box) { // the table is folded only once the chart stands there
    const button = box.querySelector("[data-fold]"), table = box.querySelector("[data-table]");
    table.classList.add("is-folded");
    button.hidden = false;
    button.addEventListener("click", function () {
      const open = table.classList.toggle("is-folded") === false;
      button.setAttribute("aria-expanded", String(open));
    });
  }
  function draw(box) {
    const data = JSON.parse(document.getElementById(box.dataset.chart).textContent), canvas = box.querySelector("[data-canvas]");
    load(box.dataset.engine).then(function (echarts) {
      canvas.hidden = false;
      const chart = echarts.init(canvas, null, { renderer: "canvas" });
      chart.setOption(option(data, canvas));
      new ResizeObserver(function () { chart.resize(); }).observe(canvas);
      fold(box);
    }).catch(function () { canvas.hidden = true; });
  }
  const watch = new IntersectionObserver(function (entries) {
    entries.filter(function (each) { return each.isIntersecting; }).forEach(function (each) {
      watch.unobserve(each.target);
      draw(each.target);
    });
  }, { rootMargin: "200px" });
  document.querySelectorAll("[data-chart]").forEach(function (box) {
    if (box.dataset.drawn) return;
    box.dataset.drawn = "yes";
    watch.observe(box);
  });
})();
