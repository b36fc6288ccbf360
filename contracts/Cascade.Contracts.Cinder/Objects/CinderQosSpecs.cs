using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Objects;

/// <summary>cinder/objects/qos_specs.py: QualityOfServiceSpecs.</summary>
/// <param name="Raw">As it came: <see cref="VersionedObject.Has"/> tells a field that was not loaded from one that is null.</param>
public sealed record CinderQosSpecs(string Id, VersionedObject Raw)
{
    public string? Name { get; init; }

    /// <summary><c>back-end</c>, <c>front-end</c> or <c>both</c>.</summary>
    public string? Consumer { get; init; }

    public IReadOnlyDictionary<string, string?>? Specs { get; init; }

    /// <summary>Null when it is none or has no id.</summary>
    public static CinderQosSpecs? Read(VersionedObject? of)
    {
        if (of?.Text("id") is not { } id)
        {
            return null;
        }

        return new(id, of)
        {
            Name = of.Text("name"),
            Consumer = of.Text("consumer"),
            Specs = of.Texts("specs"),
        };
    }
}
