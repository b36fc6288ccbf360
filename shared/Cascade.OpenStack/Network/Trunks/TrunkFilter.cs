using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>Which trunks to list.</summary>
public sealed record TrunkFilter : ListFilter
{
    public IReadOnlyList<string>? PortIds { get; init; }

    public string? Status { get; init; }

    private protected override void Say(Query query) => query
        .AddEach("port_id", PortIds)
        .Add("status", Status);
}
