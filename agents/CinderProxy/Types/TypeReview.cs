using Cascade.Agent.Verbs;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent.Database;
using Cascade.OpenStack;

namespace Cascade.CinderProxy.Types;

/// <summary>
/// The volume types of the parent that ask for this back end, beside the child's types that stand for them: what is missing is said before a tenant finds out
/// (<c>upgrade check</c>, <c>mirror list types</c>).
/// </summary>
internal sealed class TypeReview(ChildCloud child, CinderDatabase database, CinderProxyOptions options) : IMirrorSource
{
    const string BackendSpec = "volume_backend_name";

    public string Noun => "types";

    public async Task<IReadOnlyList<MirrorRow>> ReadAsync(CancellationToken cancelled) =>
        [.. (await ReviewAsync(cancelled)).Select(type => new MirrorRow(type.Id, type.Name, "-", type.ChildType ?? "-", "-", type.Fault ?? "linked"))];

    public async Task<IReadOnlyList<ReviewedType>> ReviewAsync(CancellationToken cancelled)
    {
        var there = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var type in child.BlockStorage.VolumeTypes.ListAsync(Scope.Own, true, cancelled))
        {
            there.Add(type.Id);
            there.Add(type.Name);
        }

        var types = await database.ReadAsync(work => work.VolumeTypes.AllAsync(), cancelled);
        var reviewed = new List<ReviewedType>();
        foreach (var type in types.Where(IsOurs))
        {
            var childType = ChildTypes.Of(type.ExtraSpecs, options.DefaultChildType);
            var encrypted = await database.ReadAsync(work => work.VolumeTypes.IsEncryptedAsync(type.Id), cancelled);
            reviewed.Add(new(type.Id, type.Name ?? type.Id, childType, FaultOf(childType, encrypted, there)));
        }

        return reviewed;
    }

    /// <summary>A type that names no back end may be put anywhere, here too.</summary>
    bool IsOurs(VolumeTypeRow type) => type.ExtraSpecs.GetValueOrDefault(BackendSpec) is not { } named || named == options.VolumeBackendName;

    static string? FaultOf(string? childType, bool encrypted, HashSet<string> there) =>
        encrypted ? $"it is encrypted with keys of the parent, which the child does not have: take the encryption away and name an encrypted type of the child in {ChildTypes.Spec}"
        : childType is not null && !there.Contains(childType) ? $"the child has no volume type {childType}"
        : null;
}

/// <param name="Fault">What an operator must do; null when the type can be used.</param>
internal sealed record ReviewedType(string Id, string Name, string? ChildType, string? Fault);
