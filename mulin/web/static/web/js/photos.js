// Photos: seen before they are sent, taken away again, and made smaller on the phone (2000 px, JPEG).
(function () {
  "use strict";
  const LONGEST = 2000, BIGGEST = 10 * 1024 * 1024;
  if (!window.DataTransfer) return; // the plain file field stays as it is
  document.querySelectorAll("[data-photos]").forEach(function (box) {
    const input = box.querySelector("input[type=file]");
    if (!input) return; // as many as can be are there already
    const add = box.querySelector("[data-add]");
    const said = box.querySelector("[data-said]");
    const most = Number(box.dataset.most) || 6;
    let kept = [];
    input.addEventListener("change", async function () {
      const chosen = Array.from(input.files);
      said.textContent = "";
      hand_over(); // if the form is sent meanwhile, what was there before goes along
      for (const file of chosen) {
        if (kept.length >= most) { said.textContent = box.dataset.tooMany; break; }
        const smaller = await shrink(file);
        if (smaller.size > BIGGEST) { said.textContent = box.dataset.tooBig; continue; }
        kept.push(smaller);
        show(smaller);
      }
      hand_over();
    });
    function hand_over() {
      const files = new DataTransfer();
      kept.forEach(function (file) { files.items.add(file); });
      input.files = files.files;
      add.hidden = kept.length >= most;
    }
    function show(file) {
      const tile = document.createElement("div");
      tile.className = "ph";
      const image = document.createElement("img");
      image.className = "ml-photo";
      image.alt = file.name;
      image.src = URL.createObjectURL(file);
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "del";
      remove.textContent = "✕";
      remove.setAttribute("aria-label", box.dataset.remove + ": " + file.name);
      remove.addEventListener("click", function () {
        kept = kept.filter(function (each) { return each !== file; });
        URL.revokeObjectURL(image.src);
        tile.remove();
        hand_over();
        input.focus();
      });
      tile.append(image, remove);
      add.before(tile);
    }
  });
  async function shrink(file) {
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      if (scale === 1 && file.type === "image/jpeg" && file.size < 1024 * 1024) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise(function (done) { canvas.toBlob(done, "image/jpeg", 0.85); });
      return blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
    } catch (error) {
      return file; // the server looks at it again anyway
    }
  }
})();
