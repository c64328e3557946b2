// 大字: a quarter larger, remembered on this telephone.
"use strict";

const button = document.getElementById("large");
const root = document.documentElement;

function apply(large) {
  root.classList.toggle("large", large);
  button.setAttribute("aria-pressed", String(large));
}

function kept() { try { return localStorage.getItem("large") === "1"; } catch { return false; } }

button.hidden = false;
apply(kept());
button.addEventListener("click", () => {
  const large = !root.classList.contains("large");
  apply(large);
  try { localStorage.setItem("large", large ? "1" : "0"); } catch { /* this visit only */ }
});
