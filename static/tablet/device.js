// What one person keeps on this tablet: drafts that their passphrase opens, and sealed operations that only the server opens.
// Draft and operations are written in one transaction: none is ever there without the other.
import * as keys from "./keys.js";
import { adrift, device, handed, listen, lost, nudge, spread } from "./sync.js";
import { all, done, in_time, put, tidy, when_taken, within } from "./store.js";

const SOON = 150; // after a change, however much more is typed
const AGAIN = 3000; // where the tablet did not take it

const now = () => new Date().toISOString();

// What the disk has spoilt opens with no key.
export const broken = (trouble) => {
  if (trouble.name !== "OperationError") throw trouble;
  return null;
};

// The slots that this device's lock opens too.
export const with_lock = async () => (await all("slots")).filter((row) => row.lock);

// What this passphrase opens; null for nothing, and undefined where nothing can be opened at all.
export async function unlock(passphrase) {
  await expire();
  const rows = await all("slots");
  for (const row of rows) {
    const outer = await keys.key_from(passphrase, row.salt, row.rounds);
    const key = await keys.unwrap(outer, row, row.slot, true).catch(() => null);
    if (key) return new Unlocked(row, key);
  }
  return rows[0] && null;
}

// Whether the browser has thrown away what was kept here: all of it, or all but what an open page has put back.
export const was_emptied = async () => localStorage.heard && (localStorage.heard === "emptied" || !(await all("slots")).length);

// Drafts and keys away; what is sealed stays until it is sent.
export async function forget(slot) {
  await within("readwrite", ["slots", "talks"], async ({ slots, talks }) => {
    await done(slots.delete(slot));
    await done(talks.delete(IDBKeyRange.bound([slot], [slot, []])));
  });
  spread({ forgotten: slot }); // A tab that has it open closes it.
  await tidy();
}

// After a week nothing can be opened, also where the clock was put back. What is left says that there was a talk.
export async function expire() {
  const [{ last_seen } = {}] = await all("device"); // as the server has said, or a contact that did not come through
  for (const { slot, talk, expires_at } of await all("talks")) {
    if (Date.parse(expires_at) < Date.parse(last_seen)) await put("talks", { slot, talk });
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

  // With the key that is over the drafts.
  using = (work) => work(this.#key);

  async read(talk) {
    const row = await within("readonly", ["talks"], ({ talks }) => done(talks.get([this.slot, talk])));
    if (!row?.box) return null;
    const key = await keys.unwrap(this.#key, row, talk);
    const draft = await keys.open(key, row, talk);
    const sealed = new Map([...(await all("outbox")), ...adrift.values()].map(({ seq, ...one }) => [one.op_id, one]));
    const unsent = new Set([...sealed.values()].filter((one) => one.talk === talk).map((one) => one.op_id));
    // What has left the outbox is on the server: only ids that it named leave.
    for (const one of [...Object.values(draft.kept), ...draft.forms]) if (!unsent.has(one.op_id)) one.saved_at ??= "before";
    return { row, key, draft, unsent, sealed };
  }

  // All drafts of this person here; of one that cannot be opened any more, {interview, closed}.
  async talks() {
    const rows = (await all("talks")).filter((row) => row.slot === this.slot);
    const read = ({ talk }) => this.read(talk).catch(broken).then((one) => one?.draft ?? { interview: talk, closed: true });
    return Promise.all(rows.map(read));
  }

  // A talk that is another's by now, or finished: its draft goes.
  remove(talk) {
    return within("readwrite", ["talks"], ({ talks }) => done(talks.delete([this.slot, talk])));
  }

  async open(talk) {
    const { made_at } = await device();
    const read = await this.read(talk);
    if (!read) return null;
    const open = new OpenTalk(this.row, read, made_at);
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
  #trouble = ""; // "full" or "gone": the tablet does not take it just now
  #taken = false; // from under this page: the draft, or the whole store, which then is not as it was until all is sent
  #removed = false; // the draft, by its own person: what is still typed is only sealed
  #puts_back = false;
  #made_at; // when the store was made: another time is another store
  #sealed; // op_id → what lay in the outbox and has not been sent
  #last = ""; // how sending stands
  #talk;
  #again = () => this.#soon();
  #stop = listen((outcome) => this.#heard(outcome));

  constructor(slot, { row, key, draft, unsent, sealed }, made_at) {
    this.draft = draft;
    [this.#slot, this.#row, this.#key, this.#unsent, this.#sealed, this.#made_at, this.#talk] = [slot, row, key, unsent, sealed, made_at, draft.interview];
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

  // Written on the tablet now; or sealed in memory, where the tablet does not take it. Nobody waits for longer than is
  // good for them: nothing is lost by going on, and the mark says how it stands.
  flush() {
    return in_time(this.#flush(), 5000).catch(() => {});
  }

  async #flush() {
    while (this.#pending.size || this.#writing || (this.#timer && !this.#trouble)) await this.#write();
  }

  unsaved() {
    return !!(this.#pending.size || this.#writing || [...this.#unsent].some((id) => adrift.has(id)));
  }

  state() {
    const at = this.draft.saved_at;
    if ((this.#trouble || this.#taken) && this.#unsent.size) return { state: this.#trouble || "gone" };
    if (this.#pending.size || this.#writing) return { state: "saving" };
    if (!this.#unsent.size) return at ? { state: "saved", at } : { state: "" };
    return { state: ["sending", "signed-out", "refused"].includes(this.#last) ? this.#last : "tablet" };
  }

  listen(tell) {
    this.#hearers.add(tell);
    return () => this.#hearers.delete(tell);
  }

  // What the tablet has not taken in 15 seconds waits sealed in memory, and no key is left.
  async close() {
    // Once more where the tablet did not take it.
    await in_time(this.#flush().then(() => this.#timer && this.#write()), 15_000).catch(() => {});
    clearTimeout(this.#timer);
    this.#stop();
    when_taken.delete(this.#again);
    this.#hearers.clear();
    this.#say_again(this.#pending.values(), this.#in_hand);
    this.#take_back(this.#in_hand.values());
    this.#say_again(this.#pending.values(), handed, this.#stored);
    const left = [...this.#pending.values()];
    this.#pending.clear();
    this.#key = this.draft = null;
    for (const content of left) adrift.set(content.op_id, await this.#seal(content));
    nudge();
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
      if (this.draft) this.#writing ? this.#soon() : this.#write();
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
      this.#in_hand = new Map();
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
      this.#take_back(taken);
      this.#soon(AGAIN);
      throw trouble;
    });
    const ids = new Set(fresh.map(({ op_id }) => op_id));
    const entries = [...[...adrift.values()].filter((one) => one.tag === this.#slot.tag && !ids.has(one.op_id)), ...fresh];
    try {
      await this.#store(closed, entries);
      for (const one of entries) adrift.delete(one.op_id), this.#stored.add(one.op_id), this.#sealed.set(one.op_id, one);
      this.#trouble = "";
      this.#puts_back = false;
      if (this.draft) this.#say_again(taken, handed);
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
    const { slot, tag } = this.#slot;
    return within("readwrite", ["device", "slots", "talks", "outbox"], async ({ device, slots, talks, outbox }) => {
      if ((await done(device.getAll()))[0]?.made_at !== this.#made_at) throw { emptied: true };
      let row = await done(talks.get([slot, this.#talk]));
      if (!row?.box) row = null; // It opens no more.
      // Who has begun anew here meanwhile goes on there.
      if (!row && this.#puts_back && !(await done(slots.getAll())).some((one) => one.tag === tag && one.slot !== slot)) {
        row = this.#row;
        await done(slots.put({ ...this.#slot, lock: null })); // It may have been switched off meanwhile.
      }
      if (!row && !this.#removed) this.#removed = this.#taken = true;
      if (row && row.rev !== this.#row.rev) throw { other: row };
      for (const one of entries) {
        const there = await done(outbox.index("op_id").get(one.op_id));
        if (there ? there.sent : this.#stored.has(one.op_id)) throw { handed: one.op_id };
        await done(outbox.put(there ? { ...one, seq: there.seq, at: there.at } : one));
      }
      // Finished, it can be sent and not be opened again.
      if (row) await done(finished ? talks.delete([slot, this.#talk]) : talks.put({ ...row, ...box, rev: row.rev + 1 }));
    }).then(() => {
      this.#removed ||= finished;
      this.#row.rev++;
    });
  }

  // Nothing that was taken in hand is let go: it is written again, or waits sealed in memory.
  async #mend(trouble, taken, entries) {
    const theirs = trouble.other && (await keys.open(this.#key, trouble.other, this.#talk).catch(() => null));
    if (!this.draft) return; // Closed meanwhile: it has sealed what there was.
    if (trouble.handed || theirs || trouble.emptied) {
      this.#take_back(taken);
      if (trouble.handed) adrift.delete(trouble.handed), this.#go_on_top_of(trouble.handed);
      if (theirs) this.#join(trouble.other, theirs);
      if (trouble.emptied) await this.#put_back();
      return this.#soon(0);
    }
    this.#trouble = trouble.name === "QuotaExceededError" ? "full" : "gone";
    for (const one of entries) if (!handed.has(one.op_id) && !this.#stored.has(one.op_id)) adrift.set(one.op_id, one);
    this.#say_again(taken, handed, this.#stored);
    // A step that was given up may yet have been taken, and sent by another tab: what it holds stays as it is.
    if (this.#trouble === "gone") for (const { op_id } of entries) handed.add(op_id);
    this.#soon(AGAIN);
  }

  #take_back(taken) {
    for (const one of taken) if (!this.#pending.has(one.op_id)) this.#pending.set(one.op_id, one);
  }

  // What was said before may have been given away under the same id: to a request, or to a store that cannot be seen.
  #say_again(taken, ...places) {
    const given = [...taken].filter(({ op_id }) => places.some((place) => place.has(op_id)));
    this.#take_back(given);
    for (const { op_id } of given) this.#go_on_top_of(op_id);
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
  #join(row, theirs) {
    for (const [question, one] of Object.entries(theirs.kept)) {
      const ours = this.draft.kept[question];
      if (!this.#mine.has(question)) this.draft.kept[question] = one;
      else if (one.op_id === ours.op_id) this.#stored.add(one.op_id); // in a step that was given up
      else if (this.#stored.has(ours.op_id)) this.#go_on_top_of(ours.op_id);
      if (!one.saved_at) this.#unsent.add(one.op_id);
    }
    const known = new Set(this.draft.forms.map((one) => one.op_id));
    this.draft.forms.push(...theirs.forms.filter((one) => !known.has(one.op_id)));
    this.draft.finished ||= theirs.finished;
    this.#row = row;
  }

  // The browser has emptied the store under the page. The next write puts the slot, the draft and what this person had
  // sealed there at once, as they are now. What else was there is gone.
  async #put_back() {
    this.#made_at = (await device()).made_at;
    this.#taken = true;
    this.#puts_back = !lost && !this.#removed;
    this.#stored.clear();
    for (const [op_id, one] of this.#sealed) if (one.tag === this.#slot.tag && !adrift.has(op_id)) adrift.set(op_id, { ...one, sent: false });
    if (this.#puts_back) localStorage.heard = "emptied";
  }

  #heard({ state, accepted = [], refused = [], tag, server_time }) {
    const named = new Set(accepted.filter((id) => (this.#sealed.delete(id), this.#unsent.delete(id))));
    for (const one of [...Object.values(this.draft.kept), ...this.draft.forms]) if (named.has(one.op_id)) one.saved_at = server_time;
    if (named.size) {
      this.draft.saved_at = server_time;
      this.#soon();
    }
    if (!this.#unsent.size && !this.#removed) this.#taken = false;
    this.#last = tag && tag !== this.#slot.tag ? "signed-out" : refused.some(({ op_id }) => this.#unsent.has(op_id)) ? "refused" : state;
    this.#tell();
    if (state === "sent") this.#look_again();
  }

  // Another tab may have sent it: what has left the outbox is on the server.
  async #look_again() {
    const there = await within("readonly", ["device", "outbox"], async ({ device, outbox }) => {
      const same = (await done(device.getAll()))[0]?.made_at === this.#made_at;
      return same && new Set((await done(outbox.getAll())).map((one) => one.op_id));
    }).catch(() => false);
    if (!this.draft || this.#pending.size || this.#writing || this.#timer || this.#trouble) return;
    if (!there) return this.#soon();
    const left = [...this.#unsent].filter((id) => !there.has(id) && !adrift.has(id));
    if (left.length) this.#heard({ state: "tablet", accepted: left, server_time: this.draft.saved_at ?? now() });
  }
}
