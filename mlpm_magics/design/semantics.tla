\* ---------------------------------------------------------------------------------------------------
\* What follows is the same for every design: one tick of a product's life.
\* Each operator takes the state and gives the state after its part, in the order of Step below.

Min(a, b) == IF a < b THEN a ELSE b
Max(a, b) == IF a > b THEN a ELSE b

CauseOrder == <<"stale", "wrong", "drift", "corrupt", "poison", "masked", "immature", "group", "proxy",
                "blind", "leak", "mix", "newpop">>
Causes == {CauseOrder[i] : i \in 1..Len(CauseOrder)}
Faulty == {"corrupt", "poison", "masked", "immature"}   \* what a model version can have in it, beside "erased"
CleanAgain == 0 - 1
Nothing == [c \in Causes |-> [unnoticed |-> 0, since |-> 0, watched |-> [w \in 1..Len(Watchers[c]) |-> 0]]]

Start == [left |-> Faults, mode |-> "model", inFallback |-> 0, retrainIn |-> Retrain, live |-> {},
          kept |-> [v \in 1..Keep |-> {}], drift |-> 0, attack |-> FALSE, surge |-> FALSE,
          group |-> GroupAtStart, proxy |-> FALSE, blind |-> BlindAtStart, newpop |-> NewPopAtStart,
          mix |-> FALSE, skew |-> 0, erasure |-> 0, dirty |-> 0, poisoned |-> 0, exposure |-> 0,
          backlog |-> 0, standing |-> 0, outlives |-> 0, off |-> 0,
          sources |-> [n \in 1..NumberOfSources |-> [status |-> "ok", age |-> 0]], alarms |-> Nothing]

\* --- what can happen ---------------------------------------------------------------------------------

Can(x, e) ==
    CASE e.name = "quiet" -> TRUE
      [] e.name \in {"outage", "garbled"} -> x.sources[e.source].status = "ok"
      [] e.name = "drift" -> x.drift = 0
      [] e.name = "attack" -> ~x.attack
      [] e.name = "surge" -> ~x.surge
      [] e.name = "groupshift" -> ~x.group
      [] e.name = "proxygap" -> ~x.proxy
      [] e.name = "blindspot" -> ~x.blind
      [] e.name = "imbalance" -> x.skew = 0
      [] e.name = "partial_release" -> ~x.mix
      [] e.name = "withdraw" -> x.erasure = 0 /\ "erased" \notin x.live
      [] e.name = "mistake" -> TRUE
      [] e.name = "new_population" -> ~x.newpop
      [] e.name = "recovers" -> /\ x.sources[e.source].status # "ok"
                                /\ First[e.source] # 0 => x.sources[First[e.source]].status = "ok"
      [] e.name = "attack_ends" -> x.attack
      [] e.name = "surge_ends" -> x.surge

\* What befalls a source befalls what depends on it; what is checked at the door arrives not at all.
Befalls(x, e) == [x EXCEPT !.sources = [n \in 1..NumberOfSources |->
    IF n \notin Hit[e.source] THEN x.sources[n]
    ELSE [x.sources[n] EXCEPT !.status =
            CASE e.name = "recovers" -> "ok"
              [] e.name = "garbled" /\ ~Checked[n] -> "wrong"
              [] OTHER -> "down"]]]

Happens(x, e) ==
    CASE e.name \in {"outage", "garbled", "recovers"} -> Befalls(x, e)
      [] e.name = "drift" -> [x EXCEPT !.drift = 1]
      [] e.name = "attack" -> [x EXCEPT !.attack = TRUE]
      [] e.name = "attack_ends" -> [x EXCEPT !.attack = FALSE]
      [] e.name = "surge" -> [x EXCEPT !.surge = TRUE]
      [] e.name = "surge_ends" -> [x EXCEPT !.surge = FALSE]
      [] e.name = "groupshift" -> [x EXCEPT !.group = TRUE]
      [] e.name = "proxygap" -> [x EXCEPT !.proxy = TRUE]
      [] e.name = "blindspot" -> [x EXCEPT !.blind = TRUE]
      [] e.name = "imbalance" -> [x EXCEPT !.skew = 1]
      [] e.name = "partial_release" -> [x EXCEPT !.mix = TRUE]
      [] e.name = "new_population" -> [x EXCEPT !.newpop = TRUE]
      [] e.name = "withdraw" -> [x EXCEPT !.erasure = 0, !.live = @ \cup {"erased"},
                                          !.kept = [v \in 1..Keep |-> x.kept[v] \cup {"erased"}]]
      [] OTHER -> x

\* --- the parts of a tick -----------------------------------------------------------------------------

\* The world that changed can be learned only once its outcomes are known: the delay, and a tick.
LabelsMature(x) == IF x.drift = 0 THEN x ELSE [x EXCEPT !.drift = Min(@ + 1, Delay + 1)]

\* A source that delivers is fresh. What is wrong, and known to nobody, goes into the training data.
Window(left, known, bad) == IF known THEN 0 ELSE IF bad THEN WindowLength ELSE Max(0, left - 1)
Wrong(x) == \E n \in 1..NumberOfSources : x.sources[n].status = "wrong"
Stale(x) == \E n \in 1..NumberOfSources : MaxAge[n] >= 0 /\ x.sources[n].age > MaxAge[n]
DataArrive(x) ==
    LET aged == [x EXCEPT !.sources = [n \in 1..NumberOfSources |-> [x.sources[n] EXCEPT !.age =
                    IF x.sources[n].status = "down" THEN Min(@ + 1, AgeCap[n]) ELSE 0]]]
    IN [aged EXCEPT !.dirty = Window(@, x.alarms["wrong"].since > 0, Wrong(x)),
                    !.poisoned = Window(@, x.alarms["poison"].since > 0, x.attack)]

\* A new model learns what is in the window, faults included; the gate may refuse it.
Candidate(x) ==
    (IF x.dirty > 0 THEN {"corrupt"} ELSE {})
    \cup (IF x.poisoned > 0 THEN {"poison"} ELSE {})
    \cup (IF ChangedByAction /\ ~Explore /\ x.mode = "model" /\ "masked" \notin x.live THEN {"masked"} ELSE {})
    \cup (IF ~Wait /\ Delay > 0 /\ 2 * Min(Delay, WindowLength) * (IF x.surge THEN 2 ELSE 1) >= WindowLength
          THEN {"immature"} ELSE {})
    \cup (IF x.erasure # 0 /\ ~EraseFromTraining THEN {"erased"} ELSE {})
Release(x, new) ==
    [x EXCEPT !.kept = SubSeq(<<x.live>> \o @, 1, Keep), !.live = new,
              !.drift = IF @ > Delay THEN 0 ELSE @,
              !.group = @ /\ x.alarms["group"].since = 0,
              !.proxy = @ /\ x.alarms["proxy"].since = 0,
              !.blind = @ /\ x.alarms["blind"].since = 0,
              !.newpop = @ /\ x.alarms["newpop"].since = 0,
              !.skew = IF @ = 0 THEN 0
                       ELSE IF ~Explore /\ x.mode = "model" THEN Min(3, @ + 1) ELSE @ - 1]
TrainAgain(x) ==
    IF Retrain = 0 THEN x
    ELSE IF x.retrainIn > 1 THEN [x EXCEPT !.retrainIn = @ - 1]
    ELSE LET due == [x EXCEPT !.retrainIn = Retrain]
             new == Candidate(due)
         IN IF Gate = "golden" /\ new \cap Faulty # {} THEN due ELSE Release(due, new)

\* Why decisions would be bad; they are so only while the model decides (a mix: in the fallback too).
CausesNow(x) ==
    (x.live \cap Faulty)
    \cup (IF Stale(x) THEN {"stale"} ELSE {}) \cup (IF Wrong(x) THEN {"wrong"} ELSE {})
    \cup (IF x.drift > 0 THEN {"drift"} ELSE {}) \cup (IF x.group THEN {"group"} ELSE {})
    \cup (IF x.proxy THEN {"proxy"} ELSE {}) \cup (IF x.blind THEN {"blind"} ELSE {})
    \cup (IF Leaks THEN {"leak"} ELSE {}) \cup (IF x.mix THEN {"mix"} ELSE {})
    \cup (IF x.newpop THEN {"newpop"} ELSE {})
Harms(mode, causes) == IF mode = "model" THEN causes # {} ELSE mode = "fallback" /\ "mix" \in causes

\* A monitor that sees a cause, and whose sources are not down, goes off after its lag and its pause.
Watch(x, cause) ==
    LET old == x.alarms[cause]
        sees(w) == \A n \in Watchers[cause][w].needs : x.sources[n].status # "down"
        watched == [w \in 1..Len(Watchers[cause]) |-> old.watched[w] + (IF sees(w) THEN 1 ELSE 0)]
        goesOff == \E w \in 1..Len(Watchers[cause]) : sees(w) /\ watched[w] >= Watchers[cause][w].enough
    IN IF old.since > 0 THEN [old EXCEPT !.unnoticed = 0, !.since = Min(@ + 1, AlarmCap)]
       ELSE IF goesOff THEN [Nothing[cause] EXCEPT !.since = 1]
       ELSE [unnoticed |-> IF Harms(x.mode, {cause}) THEN Min(old.unnoticed + 1, UnnoticedCap)
                           ELSE old.unnoticed,
             since |-> 0, watched |-> watched]
Detect(x, causes) ==
    [x EXCEPT !.alarms = [c \in Causes |-> IF c \in causes THEN Watch(x, c) ELSE Nothing[c]]]

\* What the team decided to do happens, so many ticks after the alarm; else the model comes back.
NewestWithout(x, flag) == CHOOSE v \in 1..Keep : /\ flag \notin x.kept[v]
                                                 /\ \A u \in 1..(v - 1) : flag \in x.kept[u]
RollBack(x, flag) ==
    LET v == NewestWithout(x, flag)
    IN [x EXCEPT !.live = x.kept[v],
                 !.kept = SubSeq(x.kept, v + 1, Keep) \o <<x.live>> \o SubSeq(x.kept, 1, v - 1)]
RolledBack(flag, done) ==
    IF flag \notin done.x.live THEN done
    ELSE IF \E v \in 1..Keep : flag \notin done.x.kept[v] THEN [done EXCEPT !.x = RollBack(done.x, flag)]
    ELSE [done EXCEPT !.stop = TRUE, !.noClean = TRUE]
One(r, done) ==
    CASE r.do = "stop" -> [done EXCEPT !.stop = TRUE]
      [] r.do = "fallback" -> [done EXCEPT !.fall = TRUE]
      [] r.do = "complete" -> [done EXCEPT !.x.mix = FALSE]
      [] r.do = "retrain" -> IF Retrain > 0 THEN [done EXCEPT !.x.retrainIn = 1] ELSE done
      [] r.do = "rollback" -> IF r.cause = "mix" THEN [done EXCEPT !.x.mix = FALSE]
                              ELSE IF r.cause \in Faulty THEN RolledBack(r.cause, done)
                              ELSE [done EXCEPT !.fall = TRUE]
      [] r.do = "alert" -> done
RECURSIVE InTurn(_, _)
InTurn(responses, done) ==
    IF responses = <<>> THEN done ELSE InTurn(Tail(responses), One(Head(responses), done))
Respond(x, causes) ==
    LET due(r) == r.cause \in causes /\ x.alarms[r.cause].since > 0 /\ x.alarms[r.cause].since - 1 >= r.after
        full == ExposureAt >= 0 /\ x.exposure >= ExposureAt
        done == InTurn(SelectSeq(Responses, due), [x |-> x, stop |-> full, fall |-> FALSE, noClean |-> FALSE])
        small == x.exposure < 1 \/ (ExposureAt >= 0 /\ 2 * x.exposure < ExposureAt)
        mode == IF done.stop THEN "stopped"
                ELSE IF done.fall THEN (IF x.mode = "model" THEN "fallback" ELSE x.mode)
                ELSE IF x.mode # "model" /\ causes = {} /\ small THEN "model" ELSE x.mode
    IN [done EXCEPT !.x.mode = mode,
                    !.x.inFallback = IF mode = "fallback" THEN Min(@ + 1, InFallbackCap) ELSE 0]

\* Those who review, those who wait for an appeal, those who left, and what is at stake.
Stands(x, harmful, mistake) ==
    LET begun == IF x.standing > 0 THEN Min(x.standing + 1, Correct + 1)
                 ELSE IF mistake \/ (harmful /\ Harm # "low") THEN 1 ELSE 0
        blocked == SameStaff /\ x.backlog > 0
    IN IF Appeal >= 0 /\ begun > Appeal /\ ~blocked THEN 0 ELSE begun
People(x, harmed, mistake, causes) ==
    LET reviewed == IF WhenFull \in {"", "safe_default"} THEN x
                    ELSE [x EXCEPT !.backlog =
                            Min(Max(0, @ + (IF x.surge THEN Peak ELSE Load) - Capacity), BacklogCap)]
    IN [reviewed EXCEPT
            !.standing = IF Correct < 0 THEN 0 ELSE Stands(reviewed, harmed, mistake),
            !.erasure = IF "erased" \in x.live THEN Min(Max(@, 0) + 1, Max(Erase, 0) + 1)
                        ELSE IF @ # 0 THEN CleanAgain ELSE 0,
            !.exposure = IF ExposureCap = 0 THEN 0
                         ELSE Min(Max(0, @ + (IF Harms(x.mode, causes) THEN PerTick ELSE 0 - 1)), ExposureCap),
            !.outlives = IF Outlive >= 0 /\ x.mode = "model" /\ x.live \cap {"corrupt", "poison"} # {}
                            /\ (\A n \in 1..NumberOfSources : x.sources[n].status = "ok")
                         THEN Min(@ + 1, Outlive + 1) ELSE 0,
            !.off = IF x.mode # "model" /\ causes = {} THEN Min(@ + 1, Resume + 1) ELSE 0]

\* One tick: the event, then everything that follows from it without choice.
Step(x, e) ==
    LET begun == Happens(LabelsMature([x EXCEPT !.left = IF e \in CostedEvents THEN @ - 1 ELSE @]), e)
        trained == TrainAgain(DataArrive(begun))
        causes == CausesNow(trained)
        harmed == Harms(trained.mode, causes)
        answered == Respond(Detect(trained, causes), causes)
    IN [x |-> People(answered.x, harmed, e.name = "mistake", causes),
        causes |-> causes, harmful |-> harmed, mistake |-> e.name = "mistake", noClean |-> answered.noClean]

\* --- what must never happen --------------------------------------------------------------------------

Unnoticed(t, cause) == t.x.alarms[cause].unnoticed > UnnoticedLimit
If(broken, name) == IF broken THEN {name} ELSE {}
Breaks(before, t) ==
    LET x == t.x
        used == x.mode = "model"
    IN  If(Unnoticed(t, "stale"), "stale_unnoticed")
        \cup If(Unnoticed(t, "wrong"), "garbled_unnoticed")
        \cup If(Unnoticed(t, "drift"), "drift_unnoticed")
        \cup If(/\ used /\ t.causes # {}
                /\ \E c \in Causes : x.alarms[c].since > AfterAlarm + 1, "harm_after_alarm")
        \cup If(ExposureLimit >= 0 /\ x.exposure > ExposureLimit, "exposure")
        \cup If(Outlive >= 0 /\ x.outlives > Outlive, "harm_outlives_cause")
        \cup If(t.noClean, "no_clean_version")
        \cup If(x.skew > SkewLimit, "runaway_feedback")
        \cup If(Unnoticed(t, "blind"), "blind_spot")
        \cup If(Unnoticed(t, "proxy"), "proxy_gap")
        \cup If(Unnoticed(t, "group"), "group_harm")
        \cup If(/\ AttackLimit >= 0 /\ used
                /\ x.alarms["poison"].unnoticed + x.alarms["poison"].since > AttackLimit, "poisoned_live")
        \cup If(used /\ "masked" \in x.live, "masked_outcome")
        \cup If(used /\ "immature" \in x.live, "immature_labels")
        \cup If(WhenFull = "wave_through" /\ x.backlog > 0, "rubber_stamp")
        \cup If(WhenFull = "ignore" /\ x.backlog > 0, "alarm_flood")
        \cup If(WhenFull = "queue" /\ WaitLimit >= 0 /\ x.backlog > Capacity * WaitLimit, "review_wait")
        \cup If(Correct >= 0 /\ x.standing > Correct, "wrong_stands")
        \cup If(/\ ~Reversible
                /\ \/ t.harmful /\ (Auto \/ (WhenFull = "wave_through" /\ x.backlog > 0))
                   \/ t.mistake /\ Auto, "irreversible_unchecked")
        \cup If(/\ x.mode = "fallback"
                /\ \/ Handover < x.inFallback /\ x.inFallback <= FallbackReady
                   \/ \E n \in FallbackNeeds : x.sources[n].status # "ok", "fallback_dead")
        \cup If(Unnoticed(t, "mix"), "mixed_versions")
        \cup If(Erase >= 0 /\ x.erasure > Erase, "erasure_late")
        \cup If(before.erasure = CleanAgain /\ "erased" \in x.live, "erasure_undone")
        \cup If(Unnoticed(t, "newpop"), "untested_population")
        \cup If(Unnoticed(t, "leak"), "leak_live")
        \cup If(x.off > Resume, "stays_off")

\* --- the behaviours ----------------------------------------------------------------------------------
\* `s` is the product at the end of a tick, `bad` the names of what the tick breaks.

VARIABLES s, bad

Init == s = Start /\ bad = {}
Tick(e) == /\ e \in CostedEvents => s.left > 0
           /\ Can(s, e)
           /\ LET t == Step(s, e) IN s' = t.x /\ bad' = Breaks(s, t)
Next == \E e \in {Quiet} \cup CostedEvents \cup FreeEvents : Tick(e)
Spec == Init /\ [][Next]_<<s, bad>>

\* Left alone, with nothing going wrong, the product comes to rest in use.
LeftAlone == Init /\ [][Tick(Quiet)]_<<s, bad>> /\ WF_<<s, bad>>(Tick(Quiet))
RestsInUse == <>[](s.mode = "model")

\* --- one invariant a property --------------------------------------------------------------------------

