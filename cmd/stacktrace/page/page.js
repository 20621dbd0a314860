"use strict";
(() => {
	const $ = (id) => document.getElementById(id);
	const step = 200; // groups that are drawn at once
	let data = JSON.parse($("data").textContent);
	let shown = []; // the groups that match, in their order
	let drawn = 0; // of them
	let current = -1; // the one that has the keyboard

	// make returns an element. Text is only ever set as text: nothing of a log is read as HTML.
	function make(name, className, text) {
		const e = document.createElement(name);
		if (className) e.className = className;
		if (text !== undefined) e.textContent = text;
		return e;
	}

	// chart returns an SVG of bars. Width and height are those of its coordinates.
	function chart(counts, width, height, label) {
		const ns = "http://www.w3.org/2000/svg";
		const svg = document.createElementNS(ns, "svg");
		svg.setAttribute("viewBox", "0 0 " + width + " " + height);
		svg.setAttribute("preserveAspectRatio", "none");
		svg.setAttribute("role", "img");
		svg.setAttribute("aria-label", label);
		const most = Math.max(1, ...counts);
		const bar = width / counts.length;
		counts.forEach((n, i) => {
			if (n === 0) return;
			const rect = document.createElementNS(ns, "rect");
			const h = Math.max(height / 16, (height * n) / most);
			rect.setAttribute("x", (i * bar + bar * 0.08).toFixed(2));
			rect.setAttribute("y", (height - h).toFixed(2));
			rect.setAttribute("width", (bar * 0.84).toFixed(2));
			rect.setAttribute("height", h.toFixed(2));
			svg.append(rect);
		});
		return svg;
	}

	const time = (ms) => (ms === undefined ? "" : new Date(ms).toISOString().replace("T", " ").replace(/\.000Z$/, "Z").replace("Z", " UTC"));
	const number = (n) => n.toLocaleString("en");
	const tallies = (list) => list.map((t) => (list.length > 1 ? t.name + " (" + number(t.count) + ")" : t.name)).join(", ");
	const place = (g) => [g.title, g.culprit, g.cause, g.code, g.fingerprint, g.messages, g.streams, g.engines, g.releases, g.browsers, g.frames]
		.map((v) => (typeof v === "string" ? v : v ? JSON.stringify(v) : "")).join("\n").toLowerCase();

	function summarize() {
		const parts = [number(data.total) + (data.total === 1 ? " trace" : " traces"), number(data.groups.length) + (data.groups.length === 1 ? " failure" : " failures")];
		if (data.first !== undefined) parts.push(time(data.first) + " to " + time(data.last));
		if (data.files && data.files.length) parts.push(data.files.join(", "));
		if (data.left) parts.push("of " + number(data.left) + " less frequent failures there is no room on this page");
		if (data.others) parts.push(number(data.others) + " traces are of failures that were not told apart");
		$("summary").textContent = parts.join(" · ");
		$("trend").replaceChildren(...(data.counts ? [chart(data.counts, 960, 80, "traces over time")] : []));
	}

	const orders = {
		count: (a, b) => b.count - a.count,
		last: (a, b) => (b.last ?? -Infinity) - (a.last ?? -Infinity),
		first: (a, b) => (a.first ?? Infinity) - (b.first ?? Infinity),
		title: (a, b) => a.title.localeCompare(b.title),
	};

	function select() {
		const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
		shown = words.length === 0 ? [...data.groups] : data.groups.filter((g) => {
			g.text ??= place(g);
			return words.every((w) => g.text.includes(w));
		});
		const order = orders[$("sort").value];
		if ($("sort").value !== "count") shown.sort(order);
		$("matches").textContent = words.length ? number(shown.length) + " of " + number(data.groups.length) + " match" : "";
		$("groups").replaceChildren();
		drawn = 0;
		current = -1;
		draw();
	}

	function draw() {
		const next = shown.slice(drawn, drawn + step);
		$("groups").append(...next.map(row));
		drawn += next.length;
		$("more").hidden = drawn >= shown.length;
	}

	function row(g) {
		const item = make("li", "group");
		const button = make("button", "row");
		button.type = "button";
		button.setAttribute("aria-expanded", "false");
		const count = make("span", "count", number(g.count));
		count.append(make("small", "", ((100 * g.count) / data.total).toFixed(1) + " %"));
		const what = make("span", "what");
		const title = make("span", "title");
		if (g.type && g.title.startsWith(g.type + ":")) {
			title.append(make("span", "type", g.type), g.title.slice(g.type.length));
		} else {
			title.append(make("span", "type", g.title));
		}
		what.append(title);
		if (g.culprit) what.append(make("span", "where", g.culprit));
		button.append(count, g.counts ? chart(g.counts, 128, 28, "over time") : make("span"), what);
		button.addEventListener("click", () => toggle(item, g));
		item.append(button);
		return item;
	}

	function toggle(item, g) {
		const button = item.firstChild;
		const open = button.getAttribute("aria-expanded") === "true";
		button.setAttribute("aria-expanded", String(!open));
		if (open) item.lastChild.remove();
		else item.append(detail(g));
	}

	function detail(g) {
		const d = make("div", "detail");
		const facts = make("dl", "facts");
		const add = (name, value) => {
			if (value) facts.append(make("dt", "", name), make("dd", "", value));
		};
		add("Seen", g.first === undefined ? "" : g.first === g.last ? time(g.first) : time(g.first) + " to " + time(g.last));
		add("Engines", g.engines ? tallies(g.engines) : "");
		add("Releases", g.releases ? tallies(g.releases) : "");
		add("Browsers", g.browsers ? tallies(g.browsers) : "");
		add("Streams", g.streams ? tallies(g.streams) : "");
		add("Code", g.code);
		add("Caused by", g.cause);
		add("First in", g.example);
		add("Fingerprint", g.fingerprint);
		d.append(facts);
		if (g.frames) {
			d.append(make("h2", "", "Calls, the application's first"));
			const list = make("ol", "frames");
			for (const f of [...g.frames.filter((f) => f.app), ...g.frames.filter((f) => !f.app)]) {
				const li = make("li", f.app ? "app" : "other");
				li.append(make("b", "", f.func), "  ", make("span", "", f.place), f.of ? "  (" + f.of + ")" : "");
				if (f.source) li.append(source(f.source));
				list.append(li);
			}
			d.append(list);
		}
		if (g.messages && g.messages.length > 1) {
			d.append(make("h2", "", "Messages" + (g.template ? ", alike but for what varies: " + g.template : "")));
			const list = make("ul", "messages");
			for (const m of g.messages) list.append(make("li", "", m.name));
			d.append(list);
		}
		if (g.varied) add("What varied", g.varied.join(", "));
		if (g.raw) {
			d.append(make("h2", "", "As it was logged first"), make("pre", "", g.raw));
		}
		return d;
	}

	// source returns the lines around a call, with the one that it is in marked.
	function source(lines) {
		const width = Math.max(...lines.map((l) => String(l.number ?? "").length));
		const box = make("pre", "source");
		for (const l of lines) box.append(make("span", l.here ? "here" : "", (l.number ? String(l.number).padStart(width) + "  " : "") + l.text + "\n"));
		return box;
	}

	function move(by) {
		const rows = document.querySelectorAll(".row");
		if (rows.length === 0) return;
		const at = [...rows].indexOf(document.activeElement);
		current = Math.min(rows.length - 1, Math.max(0, (at < 0 ? current : at) + by));
		rows[current].focus();
		if (current === rows.length - 1) draw();
	}

	document.addEventListener("keydown", (e) => {
		const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName);
		if (e.ctrlKey || e.metaKey || e.altKey) return;
		if (e.key === "/" && !typing) {
			$("search").focus();
		} else if (e.key === "Escape" && e.target === $("search")) {
			$("search").value = "";
			select();
			$("search").blur();
		} else if (e.key === "Escape" && e.target.getAttribute("aria-expanded") === "true") {
			e.target.click();
		} else if (!typing && (e.key === "j" || e.key === "ArrowDown")) {
			move(1);
		} else if (!typing && (e.key === "k" || e.key === "ArrowUp")) {
			move(-1);
		} else {
			return;
		}
		e.preventDefault();
	});

	let wait;
	$("search").addEventListener("input", () => {
		clearTimeout(wait);
		wait = setTimeout(select, 80);
	});
	$("sort").addEventListener("change", select);
	$("more").addEventListener("click", draw);
	const themes = ["system", "light", "dark"];
	$("theme").addEventListener("click", () => {
		const now = themes[(themes.indexOf(document.documentElement.dataset.theme || "system") + 1) % themes.length];
		document.documentElement.dataset.theme = now;
		$("theme").textContent = "Theme: " + now;
	});

	// The paste box of "stacktrace serve".
	let pasted = false; // what is shown was pasted, so that what is piped must not take its place
	async function send(text) {
		pasted = text !== "";
		$("state").textContent = "reading …";
		try {
			const answer = await fetch("traces", { method: "POST", headers: { "Content-Type": "text/plain; charset=utf-8" }, body: text });
			if (!answer.ok) throw new Error(answer.statusText);
			show(await answer.json());
			$("state").textContent = data.total === 0 ? "no stack trace is in this text" : "";
		} catch (e) {
			$("state").textContent = "could not be read: " + e.message;
		}
	}

	function show(fresh) {
		data = fresh;
		summarize();
		select();
	}

	async function poll() {
		if (pasted) return;
		try {
			const answer = await fetch("traces?after=" + data.total);
			if (answer.status === 200) show(await answer.json());
		} catch {
			$("state").textContent = "stacktrace serve has ended";
		}
	}

	if (data.live) {
		$("paste").hidden = false;
		$("paste").addEventListener("submit", (e) => {
			e.preventDefault();
			send($("text").value);
		});
		$("text").addEventListener("paste", () => setTimeout(() => send($("text").value)));
		$("clear").addEventListener("click", () => {
			$("text").value = "";
			send("");
		});
		document.addEventListener("dragover", (e) => e.preventDefault());
		document.addEventListener("drop", (e) => {
			e.preventDefault();
			const file = e.dataTransfer.files[0];
			if (file) send(file);
			else send(e.dataTransfer.getData("text"));
		});
		if (data.piped) setInterval(poll, 1000);
	}
	summarize();
	select();
})();
