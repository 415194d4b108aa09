// The report page: one's own place on a tap, and the categories that fit the words come forward.
(function () {
  "use strict";
  document.querySelectorAll("[data-locate]").forEach(function (button) {
    if (!navigator.geolocation) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      const said = document.querySelector(button.dataset.said || "[data-picked]");
      button.disabled = true;
      navigator.geolocation.getCurrentPosition(function (found) {
        button.disabled = false;
        const place = { lon: found.coords.longitude, lat: found.coords.latitude };
        document.dispatchEvent(new CustomEvent("mulin:place", { detail: place }));
      }, function () {
        button.disabled = false;
        if (said) said.textContent = button.dataset.failed || "";
      }, { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 });
    });
  });
  // data-words on a radio lists words that hint at this category; a choice the person made is never changed.
  const words = document.querySelector("[data-guess-from]");
  const kinds = Array.from(document.querySelectorAll("input[type=radio][data-words]"));
  if (!words || !kinds.length) return;
  words.addEventListener("input", function () {
    kinds.forEach(function (kind) {
      const hits = kind.dataset.words.split(" ").some(function (word) { return word && words.value.includes(word); });
      const chip = kind.closest(".ml-opt");
      if (chip) chip.classList.toggle("is-likely", hits);
    });
  });
})();
