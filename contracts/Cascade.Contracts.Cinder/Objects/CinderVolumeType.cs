using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Objects;

/// <summary>cinder/objects/volume_type.py: VolumeType.</summary>
/// <param name="Raw">As it came: <see cref="VersionedObject.Has"/> tells a field that was not loaded from one that is null.</param>
public sealed record CinderVolumeType(string Id, VersionedObject Raw)
{
    /// <summary>The key of the quotas per type.</summary>
    public string? Name { get; init; }

    public string? Description { get; init; }

    public bool? IsPublic { get; init; }

    /// <summary>Null when not loaded.</summary>
    public IReadOnlyDictionary<string, string?>? ExtraSpecs { get; init; }

    public string? QosSpecsId { get; init; }

    /// <summary>Null when not loaded.</summary>
    public CinderQosSpecs? QosSpecs { get; init; }

    public bool? Deleted { get; init; }

    /// <summary>Null when it is none or has no id.</summary>
    public static CinderVolumeType? Read(VersionedObject? of)
    {
        if (of?.Text("id") is not { } id)
        {
            return null;
        }

        return new(id, of)
        {
            Name = of.Text("name"),
            Description = of.Text("description"),
            IsPublic = of.Flag("is_public"),
            ExtraSpecs = of.Texts("extra_specs"),
            QosSpecsId = of.Text("qos_specs_id"),
            QosSpecs = CinderQosSpecs.Read(of.Object("qos_specs")),
            Deleted = of.Flag("deleted"),
        };
    }
}
