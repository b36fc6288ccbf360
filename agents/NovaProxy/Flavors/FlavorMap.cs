using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Flavors;

/// <summary>A flavor of the parent as one of the child, by its content: two that give the same are the same, whatever they are called.</summary>
internal static class FlavorMap
{
    /// <summary>
    /// What the guest gets, and what any child can give. Others steer the parent's own scheduling (capabilities, aggregates that no declared map speaks of, what of
    /// placement only the parent's has) or name devices that only exist in one cloud (pci_passthrough, accel): they mean nothing in the child.
    /// </summary>
    static readonly string[] Passed = ["hw:", "hw_rng:", "hw_video:", "os:", "quota:"];

    /// <summary>The scope of AggregateInstanceExtraSpecsFilter (nova/scheduler/filters/aggregate_instance_extra_specs.py).</summary>
    const string OfAggregates = "aggregate_instance_extra_specs:";

    /// <param name="words">What this child understands beside what any does.</param>
    public static WantedFlavor Of(VersionedObject flavor, SpecWords words)
    {
        var specs = ExtraSpecs(flavor, words);
        var wanted = new WantedFlavor(
            "", Amount(flavor, "vcpus"), Amount(flavor, "memory_mb"), Amount(flavor, "root_gb"), Amount(flavor, "ephemeral_gb"), Amount(flavor, "swap"), specs);
        return wanted with { Id = $"cascade-{Hash(wanted)}" };
    }

    /// <summary>Whether it takes the child's own names to know what the flavor is there.</summary>
    public static bool NamesCustom(VersionedObject flavor) => flavor.Data["extra_specs"]?.AsObject().Any(spec => PlacementSpecs.NamesCustom(spec.Key)) is true;

    public static bool Fits(Flavor seen, WantedFlavor wanted) =>
        (seen.Vcpus, seen.Ram, seen.Disk, seen.Ephemeral, seen.Swap) == (wanted.Vcpus, wanted.Ram, wanted.Disk, wanted.Ephemeral, wanted.Swap);

    public static FlavorCreate ToCreate(WantedFlavor wanted) => new()
    {
        Id = wanted.Id,
        Name = wanted.Id,
        Vcpus = wanted.Vcpus,
        Ram = wanted.Ram,
        Disk = wanted.Disk,
        Ephemeral = wanted.Ephemeral,
        Swap = wanted.Swap,
        IsPublic = false,
        Description = "Made for servers of another cloud; its name is the hash of its content.",
    };

    static SortedDictionary<string, string> ExtraSpecs(VersionedObject flavor, SpecWords words)
    {
        var specs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in (flavor.Data["extra_specs"]?.AsObject() ?? []).OrderBy(spec => spec.Key, StringComparer.Ordinal))
        {
            if (value is not null && InTheChild(key, value.ToString(), words) is { } childs)
            {
                specs[childs] = value.ToString();
            }
        }

        if (specs.Keys.Any(PlacementSpecs.IsGrouped) && flavor.Data["extra_specs"]?[PlacementSpecs.GroupPolicy]?.ToString() is { } policy)
        {
            specs[PlacementSpecs.GroupPolicy] = policy;
        }

        return specs;
    }

    /// <summary>The key that says the same in the child; null when it says nothing there.</summary>
    static string? InTheChild(string key, string value, SpecWords words) =>
        Array.Exists(Passed, prefix => key.StartsWith(prefix, StringComparison.Ordinal)) || PlacementSpecs.IsPassed(key, value, words.Custom) ? key
        : key.StartsWith(OfAggregates, StringComparison.Ordinal) && words.AggregateKeys.TryGetValue(key[OfAggregates.Length..], out var childs) ? OfAggregates + childs
        : null;

    static int Amount(VersionedObject flavor, string field) => checked((int)(flavor.Number(field) ?? 0));

    static string Hash(WantedFlavor wanted)
    {
        var text = new StringBuilder(
            string.Create(CultureInfo.InvariantCulture, $"{wanted.Vcpus}/{wanted.Ram}/{wanted.Disk}/{wanted.Ephemeral}/{wanted.Swap}"));
        foreach (var (key, value) in wanted.ExtraSpecs)
        {
            // Lengths, so that no key or value can be mistaken for two.
            text.Append(CultureInfo.InvariantCulture, $"\n{key.Length}:{key}={value.Length}:{value}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }
}

/// <summary>A flavor by its content; MiB and GiB.</summary>
internal sealed record WantedFlavor(
    string Id, int Vcpus, int Ram, int Disk, int Ephemeral, int Swap, IReadOnlyDictionary<string, string> ExtraSpecs);
