// What one person keeps on this tablet: drafts that their passphrase opens, and sealed operations that only the server opens.
// Draft and operations are written in one transaction: none is ever there without the other.
import * as keys from "./keys.js";
import { adrift, device, handed, listen, lost, nudge, spread, waiting } from "./sync.js";
import { all, done, put, when_taken, within } from "./store.js";

export { waiting };
const SOON = 150; // after a change, however much more is typed
const AGAIN = 3000; // where the tablet did not take it
const PATIENCE = 10_000; // with a store that is silent, when it is locked

const now = () => new Date().toISOString();

// The slot of this person on this tablet; null for none.
export const mine = async (tag) => (await all("slots")).find((row) => row.tag === tag)?.slot ?? null;

// The slots that this device's lock opens too.
export const with_lock = async () => (await all("slots")).filter((row) => row.lock);

// A new slot. `key` is the server's public key. Null when the passphrase is in use here: it must open one slot only.
export async function begin(passphrase, { tag, key }) {
  const other = await unlock(passphrase);
  if (other) return other.lock().then(() => null);
  const slot = crypto.randomUUID();
  const salt = keys.random(16);
  const outer = await keys.key_from(passphrase, salt, keys.ROUNDS);
  const row = { slot, tag, key, salt, rounds: keys.ROUNDS, ...(await keys.new_key(outer, slot)), made_at: now() };
  await put("slots", row);
  localStorage.heard = "kept";
  return new Unlocked(row, await keys.unwrap(outer, row, slot, true));
}

// What this passphrase opens; null for nothing.
export async function unlock(passphrase) {
  await expire();
  for (const row of await all("slots")) {
    const outer = await keys.key_from(passphrase, row.salt, row.rounds);
    const key = await keys.unwrap(outer, row, row.slot, true).catch(() => null);
    if (key) return new Unlocked(row, key);
  }
  return null;
}

// Whether the browser has thrown away what was kept here.
export const was_emptied = async () => localStorage.heard === "kept" && !(await all("slots")).length;

// Drafts and keys away; what is sealed stays until it is sent.
export async function forget(slot) {
  await within("readwrite", ["slots", "talks"], async ({ slots, talks }) => {
    await done(slots.delete(slot));
    await done(talks.delete(IDBKeyRange.bound([slot], [slot, []])));
  });
  spread({ forgotten: slot }); // A tab that has it open closes it.
  if (!(await all("slots")).length) localStorage.removeItem("heard");
}

export async function forget_all_of(tag) {
  for (const row of await all("slots")) if (row.tag === tag) await forget(row.slot);
}

// After a week nothing can be opened, also where the clock was put back.
export async function expire() {
  const { last_seen } = await device();
  const today = last_seen > now() ? last_seen : now();
  for (const { slot, talk, expires_at } of await all("talks")) {
    if (Date.parse(expires_at) < Date.parse(today)) await within("readwrite", ["talks"], ({ talks }) => done(talks.delete([slot, talk])));
  }
}

export class Unlocked {
  #key;
  #open = new Set();

  constructor(row, key) {
    Object.assign(this, { slot: row.slot, tag: row.tag, row });
    this.#key = key;
    this.stop = listen(({ forgotten }) => forgotten === this.slot && (this.when_forgotten?.(), this.lock()));
  }

  async #read(talk) {
    const row = await within("readonly", ["talks"], ({ talks }) => done(talks.get([this.slot, talk])));
    if (!row) return null;
    const key = await keys.unwrap(this.#key, row, talk);
    const draft = await keys.open(key, row, talk);
    const unsent = new Set([...(await all("outbox")), ...adrift.values()].filter((one) => one.talk === talk).map((one) => one.op_id));
    // What has left the outbox is on the server: only ids that it named leave.
    for (const one of [...Object.values(draft.kept), ...draft.forms]) if (!unsent.has(one.op_id)) one.saved_at ??= "before";
    return { row, key, draft, unsent };
  }

  // All drafts of this person here.
  async talks() {
    const rows = (await all("talks")).filter((row) => row.slot === this.slot);
    const read = await Promise.all(rows.map((row) => this.#read(row.talk)));
    return read.map((one) => one.draft);
  }

  // Keep a draft that the server has given. What was said here and is not there yet is put on top.
  async put(draft) {
    const talk = draft.interview;
    const before = await this.#read(talk);
    draft.forms = before?.draft.forms ?? [];
    draft.finished ||= Boolean(before?.draft.finished);
    draft.typed = before?.draft.typed;
    if (draft.forms.some((one) => one.kind === "language" && !one.saved_at)) draft.language = before.draft.language;
    for (const one of Object.values(draft.kept)) one.saved_at ??= "before";
    for (const [question, one] of Object.entries(before?.draft.kept ?? {})) if (!one.saved_at) draft.kept[question] = one;
    const wrapped = before?.row ?? (await keys.new_key(this.#key, talk));
    const key = await keys.unwrap(this.#key, wrapped, talk);
    const { release, set, expires_at } = draft;
    const row = { slot: this.slot, talk, release, set, expires_at, rev: (before?.row.rev ?? 0) + 1, iv: wrapped.iv, wrapped: wrapped.wrapped };
    await put("talks", { ...row, ...(await keys.close(key, draft, talk)) });
  }

  async open(talk) {
    const read = await this.#read(talk);
    if (!read) return null;
    const open = new OpenTalk(this.row, read);
    open.made_at = (await device()).made_at;
    this.#open.add(open);
    return open;
  }

  // Everything is written and sealed; then no key is left in memory.
  async lock() {
    const open = [...this.#open];
    this.#open.clear();
    this.#key = null;
    this.stop();
    await Promise.all(open.map((one) => one.close()));
  }
}

class OpenTalk {
  #slot;
  #row;
  #key;
  #pending = new Map(); // op_id → what is to be sealed
  #in_hand = new Map(); // being written just now
  #stored = new Set(); // op_ids of this page that it has put into the outbox: it may replace these, and no others
  #unsent; // op_ids that the server has not named
  #mine = new Set(); // questions answered on this page
  #hearers = new Set();
  #timer;
  #writing;
  #trouble = ""; // "full" or "gone"
  #removed = false; // the draft, by its own person: what is still typed is only sealed
  #last = ""; // how sending stands
  #talk;
  #again = () => this.#soon();
  #stop = listen((outcome) => this.#heard(outcome));

  constructor(slot, { row, key, draft, unsent }) {
    this.draft = draft;
    [this.#slot, this.#row, this.#key, this.#unsent, this.#talk] = [slot, row, key, unsent, draft.interview];
    when_taken.add(this.#again);
  }

  // An answer as it stands on the page. It is on the tablet within 300 ms. `anew`: what is there already stays underneath.
  changed(answer, anew = false) {
    const { kept, interview, language } = this.draft;
    const before = kept[answer.question];
    const here = before && [this.#pending, this.#in_hand, this.#stored, adrift].some((place) => place.has(before.op_id));
    const goes_on = here && !anew && !before.saved_at && !handed.has(before.op_id);
    const made = goes_on ? { op_id: before.op_id, base_op: before.base_op } : { op_id: crypto.randomUUID(), base_op: before?.op_id ?? null };
    const said = { language, ...answer, ...made, device_time: now() };
    kept[answer.question] = { ...said, saved_at: null };
    this.#mine.add(answer.question);
    this.#pend({ kind: "answer", interview, ...said });
  }

  // Something done, such as finishing: once, and told to the server when it can be.
  async form(kind, fields) {
    // What was said before belongs to it, however it travels.
    const said = { op_id: crypto.randomUUID(), kind, fields, after: [...this.#unsent], device_time: now() };
    this.draft.forms.push({ ...said, saved_at: null });
    if (kind === "finish") this.draft.finished = true;
    this.#pend({ interview: this.draft.interview, ...said });
    await this.flush();
    return said.op_id;
  }

  // Where the talk stands; of no concern to the server.
  remember(facts) {
    Object.assign(this.draft, facts);
    this.#soon();
  }

  // Written on the tablet now; or sealed in memory, where the tablet does not take it.
  async flush() {
    while (this.#pending.size || this.#writing || (this.#timer && !this.#trouble)) await this.#write();
  }

  unsaved() {
    return Boolean(this.#pending.size || this.#writing || [...this.#unsent].some((id) => adrift.has(id)));
  }

  state() {
    const at = this.draft.saved_at;
    if (this.#trouble && this.#unsent.size) return { state: this.#trouble };
    if (this.#pending.size || this.#writing) return { state: "saving" };
    if (!this.#unsent.size) return at ? { state: "saved", at } : { state: "" };
    return { state: ["sending", "signed-out", "refused"].includes(this.#last) ? this.#last : "tablet" };
  }

  listen(tell) {
    this.#hearers.add(tell);
    return () => this.#hearers.delete(tell);
  }

  async close() {
    // Once more where the tablet did not take it; and the keys go, whatever it does.
    const last = this.flush().then(() => this.#timer && this.#write());
    await Promise.race([last, new Promise((over) => setTimeout(over, PATIENCE))]).catch(() => {});
    clearTimeout(this.#timer);
    this.#stop();
    when_taken.delete(this.#again);
    this.#hearers.clear();
    this.#key = this.draft = null;
  }

  #pend(content) {
    this.#pending.set(content.op_id, content);
    this.#unsent.add(content.op_id);
    this.#soon();
    this.#tell();
  }

  #soon(after = SOON) {
    if (this.draft) this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#writing ? this.#soon() : this.#write();
    }, after);
  }

  #tell() {
    const { state, at } = this.state();
    for (const tell of this.#hearers) tell(state, at);
  }

  #write() {
    // One after the other. Whoever comes meanwhile is written next.
    return (this.#writing ??= this.#write_once().finally(() => {
      this.#writing = null;
      if (this.#pending.size) this.#soon();
      if (this.draft) this.#tell();
    }));
  }

  async #write_once() {
    clearTimeout(this.#timer);
    this.#timer = null;
    const taken = [...this.#pending.values()];
    [this.#in_hand, this.#pending] = [this.#pending, new Map()];
    // The draft as it is at this moment: it says nothing that these operations do not say.
    const closing = keys.close(this.#key, this.draft, this.#talk);
    const [closed, ...fresh] = await Promise.all([closing, ...taken.map((content) => this.#seal(content))]).catch((trouble) => {
      for (const one of taken) if (!this.#pending.has(one.op_id)) this.#pending.set(one.op_id, one);
      this.#soon(AGAIN);
      throw trouble;
    });
    const ids = new Set(fresh.map(({ op_id }) => op_id));
    const entries = [...[...adrift.values()].filter((one) => one.talk === this.#talk && !ids.has(one.op_id)), ...fresh];
    try {
      await this.#store(closed, entries);
      for (const { op_id } of entries) adrift.delete(op_id), this.#stored.add(op_id);
      if (this.#trouble === "full") this.#trouble = "";
      this.#say_again(taken);
    } catch (trouble) {
      await this.#mend(trouble, taken, fresh);
    }
    nudge();
  }

  async #seal(content) {
    const { slot, tag, key } = this.#slot;
    const envelope = await keys.seal(key, content.op_id, content);
    return { op_id: content.op_id, slot, tag, talk: this.#talk, at: content.device_time, envelope, sent: false };
  }

  #store(box, entries) {
    const finished = this.draft.finished && !this.#pending.size;
    return within("readwrite", ["talks", "outbox"], async ({ talks, outbox }) => {
      const row = await done(talks.get([this.#slot.slot, this.#talk]));
      if (!row && !this.#removed) throw { taken_away: true };
      if (row && row.rev !== this.#row.rev) throw { other: row };
      for (const one of entries) {
        const there = await done(outbox.index("op_id").get(one.op_id));
        if (there ? there.sent : this.#stored.has(one.op_id)) throw { handed: one.op_id };
        await done(outbox.put(there ? { ...one, seq: there.seq, at: there.at } : one));
      }
      // Finished, it can be sent and not be opened again.
      if (row) await done(finished ? talks.delete([this.#slot.slot, this.#talk]) : talks.put({ ...row, ...box, rev: row.rev + 1 }));
    }).then(() => {
      this.#removed ||= finished;
      this.#row.rev++;
    });
  }

  // Nothing that was taken in hand is let go: it is written again, or waits sealed in memory.
  async #mend(trouble, taken, entries) {
    if (trouble.handed || trouble.other || trouble.taken_away) {
      for (const content of taken) if (!this.#pending.has(content.op_id)) this.#pending.set(content.op_id, content);
      if (trouble.handed) adrift.delete(trouble.handed), this.#go_on_top_of(trouble.handed);
      if (trouble.other) await this.#join(trouble.other);
      if (trouble.taken_away) await this.#put_back();
      return this.#soon(0);
    }
    this.#trouble = trouble.name === "QuotaExceededError" ? "full" : "gone";
    for (const one of entries) {
      if (!handed.has(one.op_id)) adrift.set(one.op_id, one);
    }
    this.#say_again(taken);
    this.#soon(AGAIN);
  }

  // Meanwhile what was said before may have been handed to a request from memory, under the same id.
  #say_again(taken) {
    for (const content of taken.filter(({ op_id }) => handed.has(op_id))) {
      if (!this.#pending.has(content.op_id)) this.#pending.set(content.op_id, content);
      this.#go_on_top_of(content.op_id);
    }
  }

  // What was handed to a request stays as it was; what has been said since is an operation on top of it.
  #go_on_top_of(op_id) {
    const content = this.#pending.get(op_id);
    this.#stored.delete(op_id);
    this.#pending.delete(op_id);
    if (!content?.question) return;
    const made = { op_id: crypto.randomUUID(), base_op: op_id };
    const kept = this.draft.kept[content.question];
    for (const later of [kept, ...this.#pending.values()]) if (later.base_op === op_id) later.base_op = made.op_id;
    if (kept.op_id === op_id) Object.assign(kept, made);
    this.#pending.set(made.op_id, { ...content, ...made });
    this.#unsent.add(made.op_id);
  }

  // Another tab has written. Its answers are taken over, except where this page has some: these two are a question.
  async #join(row) {
    const theirs = await keys.open(this.#key, row, this.#talk);
    for (const [question, one] of Object.entries(theirs.kept)) {
      const ours = this.draft.kept[question];
      if (!this.#mine.has(question)) this.draft.kept[question] = one;
      else if (one.op_id !== ours.op_id && this.#stored.has(ours.op_id)) this.#go_on_top_of(ours.op_id);
      if (!one.saved_at) this.#unsent.add(one.op_id);
    }
    const known = new Set(this.draft.forms.map((one) => one.op_id));
    this.draft.forms.push(...theirs.forms.filter((one) => !known.has(one.op_id)));
    this.draft.finished ||= theirs.finished;
    this.#row = row;
  }

  // The draft is not there any more: removed by its own person, or the browser has emptied the store under the page.
  async #put_back() {
    this.#trouble = "gone";
    if (lost || (await device()).made_at === this.made_at) return (this.#removed = true);
    this.made_at = (await device()).made_at;
    this.#stored.clear();
    const { kept, forms, interview } = this.draft;
    const unsent = [...Object.values(kept).map((one) => ({ kind: "answer", ...one })), ...forms].filter((one) => !one.saved_at);
    for (const { saved_at, ...one } of unsent) this.#pending.set(one.op_id, { interview, ...one });
    await within("readwrite", ["slots", "talks"], async ({ slots, talks }) => {
      await done(slots.put({ ...this.#slot, lock: null })); // It may have been switched off meanwhile.
      await done(talks.put(this.#row));
    }).catch(() => {});
  }

  #heard({ state, accepted = [], refused = [], tag, server_time }) {
    const named = new Set(accepted.filter((id) => this.#unsent.delete(id)));
    for (const one of [...Object.values(this.draft.kept), ...this.draft.forms]) if (named.has(one.op_id)) one.saved_at = server_time;
    if (named.size) {
      this.draft.saved_at = server_time;
      this.#soon();
    }
    if (!this.#unsent.size && this.#trouble === "gone" && !this.#removed) this.#trouble = "";
    this.#last = tag && tag !== this.#slot.tag ? "signed-out" : refused.some(({ op_id }) => this.#unsent.has(op_id)) ? "refused" : state;
    this.#tell();
    if (state === "sent") this.#look_again();
  }

  // Another tab may have sent it: what has left the outbox is on the server.
  async #look_again() {
    const there = new Set((await all("outbox").catch(() => [...this.#unsent].map((op_id) => ({ op_id })))).map((one) => one.op_id));
    if (this.#pending.size || this.#writing || this.#timer || this.#trouble) return;
    const left = [...this.#unsent].filter((id) => !there.has(id) && !adrift.has(id));
    if (left.length) this.#heard({ state: "tablet", accepted: left, server_time: this.draft.saved_at ?? now() });
  }
}
