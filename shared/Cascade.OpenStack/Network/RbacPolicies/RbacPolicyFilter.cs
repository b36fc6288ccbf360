using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>Which policies to list.</summary>
public sealed record RbacPolicyFilter : ListFilter
{
    public string? ObjectType { get; init; }

    public IReadOnlyList<string>? ObjectIds { get; init; }

    public string? Action { get; init; }

    public string? TargetTenant { get; init; }

    private protected override void Say(Query query) => query
        .Add("object_type", ObjectType)
        .AddEach("object_id", ObjectIds)
        .Add("action", Action)
        .Add("target_tenant", TargetTenant);
}
