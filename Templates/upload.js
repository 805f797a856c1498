// Shows how far each file is; without it the form is an ordinary post.
"use strict";
for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-uploads]");
  const status = form.querySelector("[data-upload-status]");
  const button = form.querySelector("button:not([name])");
  let announced;
  const rows = () => Array.from(input.files, (file) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const bar = document.createElement("progress");
    const state = document.createElement("span");
    name.textContent = file.name;
    bar.max = Math.max(1, file.size);
    bar.value = 0;
    bar.ariaLabel = file.name;
    state.textContent = form.dataset.waiting;
    item.append(name, bar, state);
    return { size: file.size, bar, state, item };
  });
  const show = (files, loaded, total) => {
    let before = 0;
    for (const file of files) {
      const sent = Math.min(file.size, Math.max(0, loaded - before));
      before += file.size;
      file.bar.value = file.size ? sent : 1;
      const percent = file.size ? Math.floor((100 * sent) / file.size) : 100;
      file.state.textContent = percent === 100 ? form.dataset.done
        : percent ? form.dataset.sending.replace("%", percent + " %") : form.dataset.waiting;
    }
    // Quarters only: a screen reader would never be silent.
    const quarter = Math.floor((4 * loaded) / Math.max(1, total));
    if (quarter !== announced) {
      announced = quarter;
      status.textContent = quarter === 4 ? form.dataset.checking
        : form.dataset.sending.replace("%", 25 * quarter + " %");
    }
  };
  form.addEventListener("submit", (event) => {
    if (!input.files.length || event.submitter?.name) return;
    event.preventDefault();
    const files = rows();
    list.replaceChildren(...files.map((file) => file.item));
    list.hidden = false;
    button.disabled = true;
    announced = -1;
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (e) => show(files, e.loaded, e.total));
    request.addEventListener("load", () => {
      if (request.status === 200 && request.responseURL !== form.action) {
        location.assign(request.responseURL);
        return;
      }
      document.open();
      document.write(request.responseText);
      document.close();
    });
    request.addEventListener("error", () => {
      button.disabled = false;
      status.classList.remove("vh");
      status.textContent = form.dataset.lost;
    });
    request.send(new FormData(form));
  });
}
