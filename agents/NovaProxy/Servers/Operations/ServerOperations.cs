namespace Cascade.NovaProxy.Servers.Operations;

/// <summary>Every operation that a watch may have to end.</summary>
internal sealed class ServerOperations(IEnumerable<IServerOperation> all)
{
    readonly IReadOnlyList<IServerOperation> all = [.. all];

    /// <summary>The one that the row says is under way, null when none is.</summary>
    public IServerOperation? Of(Believed row) => all.FirstOrDefault(one => one.IsUnderWay(row));
}
