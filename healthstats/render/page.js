(() => {
  const lang = document.documentElement.lang, label = document.querySelector("main").dataset.sort;
  const order = new Intl.Collator(lang, { numeric: true }).compare;
  const number = text => {
    const plain = text.replace(/[*%\s]/g, "").replace("−", "-");
    const [top, bottom] = plain.split("/").map(part =>
      lang === "vi" ? part.replaceAll(".", "").replace(",", ".") : part.replaceAll(",", ""));
    return parseFloat(top) / (bottom ? parseFloat(bottom) : 1);
  };
  const depth = row => row.classList.contains("deeper") ? 2 : row.classList.contains("part") ? 1 : 0;

  // a part stays beneath its total: only rows of one depth under one head change places
  const sorted = (rows, compare, at = 0) => {
    const heads = [];
    for (const row of rows) {
      if (depth(row) <= at || !heads.length) heads.push([row, []]);
      else heads[heads.length - 1][1].push(row);
    }
    return heads.sort((a, b) => compare(a[0], b[0])).flatMap(([head, below]) =>
      [head, ...(below.length ? sorted(below, compare, depth(below[0])) : [])]);
  };

  for (const table of document.querySelectorAll("figure > table")) {
    const body = table.tBodies[0], given = [...body.rows];
    if (given.length < 3) continue;
    for (const head of table.querySelectorAll("th[data-column]")) {
      const at = Number(head.dataset.column), figure = head.classList.contains("figure");
      const cell = row => row.cells[at].textContent.trim();
      const first = figure ? "descending" : "ascending", then = figure ? "ascending" : "descending";
      const button = document.createElement("button");
      button.type = "button";
      button.title = label;
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const was = head.getAttribute("aria-sort");
        const now = was === first ? then : was === then ? null : first;
        for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
        if (now) head.setAttribute("aria-sort", now);
        const turn = now === "descending" ? -1 : 1;
        const compare = (a, b) => {
          if (!figure) return turn * order(cell(a), cell(b));
          const [x, y] = [number(cell(a)), number(cell(b))];
          // words where a figure was due stand last, whichever way the figures go
          return isNaN(x) || isNaN(y) ? isNaN(x) - isNaN(y) : turn * (x - y);
        };
        body.append(...(now ? sorted(given, compare) : given));
      });
    }
  }
})();
