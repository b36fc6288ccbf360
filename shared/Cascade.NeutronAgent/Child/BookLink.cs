using Cascade.Mirror;

namespace Cascade.NeutronAgent.Child;

/// <summary>The parent's Neutron has no field for a link: the stamp alone is it, and what is known here only saves a search.</summary>
public sealed class BookLink(string? childId) : ILink
{
    public string? ChildId { get; } = childId;

    public Task SetAsync(string childId, CancellationToken cancelled) => Task.CompletedTask;
}
