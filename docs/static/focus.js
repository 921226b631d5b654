// What scrolls sideways can be reached and scrolled with the keyboard.
for (const box of document.querySelectorAll('article pre, article .table-wrapper')) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}
