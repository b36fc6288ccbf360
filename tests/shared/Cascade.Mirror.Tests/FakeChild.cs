namespace Cascade.Mirror.Tests;

sealed record Thing(string Id, string Stamp, string State, bool Ours = true);

/// <summary>A child that remembers and can be told to lose answers.</summary>
sealed class FakeChild : Actuator<string, Thing>
{
    public Dictionary<string, Thing> Things { get; } = [];

    public List<string> Asked { get; } = [];

    public bool LoseAnswer { get; set; }

    public bool LoseRequest { get; set; }

    public override string IdOf(Thing seen) => seen.Id;

    public override Task<Thing?> FindAsync(string childId, CancellationToken cancelled)
    {
        Asked.Add($"find {childId}");
        return Task.FromResult(Things.GetValueOrDefault(childId));
    }

    public override Task<Thing?> AdoptAsync(string parentId, CancellationToken cancelled)
    {
        Asked.Add($"adopt {parentId}");
        return Task.FromResult(Things.Values.FirstOrDefault(thing => thing.Stamp == parentId && thing.Ours && thing.State != "deleting"));
    }

    public override Task<Thing> CreateAsync(string parentId, string wanted, CancellationToken cancelled)
    {
        Asked.Add($"create {parentId}");
        var made = new Thing($"child-{Things.Count + 1}", parentId, wanted);
        if (!LoseRequest)
        {
            Things[made.Id] = made;
        }

        return LoseAnswer || LoseRequest ? throw new OutcomeUnknownException("no answer", new TimeoutException()) : Task.FromResult(made);
    }

    public override Task UpdateAsync(Thing seen, string wanted, CancellationToken cancelled) => Task.CompletedTask;

    public override Task DeleteAsync(Thing seen, CancellationToken cancelled)
    {
        Asked.Add($"delete {seen.Id}");
        Things[seen.Id] = seen with { State = "deleting" };
        return Task.CompletedTask;
    }
}

sealed class FakeLink : ILink
{
    public string? ChildId { get; set; }

    public bool Fails { get; set; }

    public Task SetAsync(string childId, CancellationToken cancelled)
    {
        if (Fails)
        {
            throw new InvalidOperationException("the parent is away");
        }

        ChildId = childId;
        return Task.CompletedTask;
    }
}
