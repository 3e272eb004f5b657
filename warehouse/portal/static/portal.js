// All pages are complete without this file. It adds one thing: a button beside each piece of code that copies it.
"use strict";

for (const block of document.querySelectorAll("pre[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = block.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.textContent);
    button.textContent = block.dataset.copied;
  });
  if (navigator.clipboard) block.before(button);
}
