namespace Cascade.Support;

/// <summary>
/// What happens after an answer of 202. It happens before anybody looks again, unless a test holds it. Verbs: <c>create</c>, <c>download</c> (of an image,
/// after create),
/// <c>delete</c>, <c>extend</c>, <c>retype</c>, <c>revert</c>, <c>reimage</c>, <c>upload</c>, <c>snapshot</c>, <c>delete-snapshot</c>, <c>backup</c>,
/// <c>restore</c>,
/// <c>delete-backup</c>, <c>group</c>, <c>update-group</c>, <c>delete-group</c>, <c>group-snapshot</c>, <c>delete-group-snapshot</c>.
/// </summary>
public sealed partial class FakeCinder
{
    private readonly Dictionary<string, List<FakeWork>> waiting = new(StringComparer.Ordinal);
    private readonly HashSet<string> held = new(StringComparer.Ordinal);
    private readonly HashSet<string> refused = new(StringComparer.Ordinal);

    /// <summary>From now on these wait for the test.</summary>
    public void Hold(params IReadOnlyList<string> verbs) => cloud.Locked(() => held.UnionWith(verbs));

    /// <summary>From now on these go by themselves again; what waits goes on.</summary>
    public void Release(params IReadOnlyList<string> verbs) => cloud.Locked(() => held.ExceptWith(verbs));

    /// <summary>From now on these go wrong in the background, after they were accepted.</summary>
    public void Refuse(params IReadOnlyList<string> verbs) => cloud.Locked(() => refused.UnionWith(verbs));

    /// <summary>From now on these go well again.</summary>
    public void Accept(params IReadOnlyList<string> verbs) => cloud.Locked(() => refused.ExceptWith(verbs));

    /// <summary>Does the next thing that the resource waits for, even if it is held.</summary>
    public void Finish(string id) => cloud.Locked(() => Take(id).Done());

    /// <summary>The next thing that the resource waits for goes wrong.</summary>
    public void Fail(string id) => cloud.Locked(() => Take(id).Failed());

    /// <summary>How many things of a kind wait for the test.</summary>
    public int Waiting(string verb) => Read(() => waiting.GetValueOrDefault(verb)?.Count ?? 0);

    /// <summary>Does what is due. Called under the lock before anything looks.</summary>
    internal void Advance()
    {
        if (CascadesTo is not null)
        {
            Follow();
        }

        while (waiting.FirstOrDefault(one => one.Value.Count > 0 && !held.Contains(one.Key)) is { Value: { } due, Key: { } verb })
        {
            waiting.Remove(verb);
            foreach (var work in due)
            {
                (refused.Contains(verb) ? work.Failed : work.Done)();
            }
        }
    }

    private FakeWork Take(string id)
    {
        foreach (var works in waiting.Values)
        {
            if (works.Find(work => work.Id == id) is { } found)
            {
                works.Remove(found);
                return found;
            }
        }

        throw new InvalidOperationException($"{id} waits for nothing");
    }

    private void Later(string verb, string id, Action done, Action failed)
    {
        if (!waiting.TryGetValue(verb, out var works))
        {
            waiting.Add(verb, works = []);
        }

        works.Add(new FakeWork(verb, id, done, failed));
    }

    /// <summary>Nothing is done when somebody has written over the status meanwhile, or the volume is gone.</summary>
    private void Later(string verb, FakeVolume volume, Action done, Action failed)
    {
        var during = volume.Status;
        Later(verb, volume.Id, () => If(done), () => If(failed));

        void If(Action act)
        {
            if (volumes.ContainsKey(volume.Id) && volume.Status == during)
            {
                act();
                Save(volume);
            }
        }
    }

    private void Later(string verb, FakeSnapshot snapshot, Action done, Action failed)
    {
        var during = snapshot.Status;
        Later(verb, snapshot.Id, () => If(done), () => If(failed));

        void If(Action act)
        {
            if (snapshots.ContainsKey(snapshot.Id) && snapshot.Status == during)
            {
                act();
                snapshot.Updated = Second();
            }
        }
    }

    /// <summary>A status that somebody wrote by hand has its consequences too.</summary>
    private void Resume(FakeVolume volume)
    {
        if (CascadesTo is null && volume.Status is ("creating" or "deleting") && !waiting.Values.Any(works => works.Exists(work => work.Id == volume.Id)))
        {
            (volume.Status is "creating" ? (Action<FakeVolume>)Build : Erase)(volume);
        }
    }
}
