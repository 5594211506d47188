// Shows the page anew when the server has built it anew. Without scripts the page is whole; it only does not reload.
const body = document.body;
const place = `yekun-preview:${location.pathname}`;
const frame = document.querySelector('iframe');
const kept = Number(sessionStorage.getItem(place) ?? 0);
if (frame && kept) frame.addEventListener('load', () => frame.contentWindow.scrollTo(0, kept), { once: true });
const events = new EventSource('/events');
events.onmessage = (event) => {
  document.querySelector('.ended').hidden = true;
  if (event.data === body.dataset.version) return;
  if (frame) sessionStorage.setItem(place, String(frame.contentWindow?.scrollY ?? 0));
  location.reload();
};
events.onerror = () => { document.querySelector('.ended').hidden = false; };
