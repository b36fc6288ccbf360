using System.Text.RegularExpressions;
using Cascade.NovaProxy.Capacity;
using Cascade.NovaProxy.Parent;

namespace Cascade.NovaProxy.Flavors;

/// <summary>
/// What a flavor asks of placement: <c>resources:CLASS</c>, <c>trait:NAME</c>, and the same with a suffix for a group of their own (nova/scheduler/utils.py:
/// ResourceRequest). The parent found it on our provider, which has it because some host of the child does; the child's own scheduler finds that host, so the
/// demand goes with the flavor.
/// </summary>
internal static partial class PlacementSpecs
{
    /// <summary>How groups stand to each other; it means nothing without one.</summary>
    public const string GroupPolicy = "group_policy";

    /// <summary>Whether it takes the child's own names to know what of this goes down.</summary>
    public static bool NamesCustom(string key) => Asked().Match(key) is { Success: true } asked && CustomNames.IsCustom(asked.Groups["name"].Value);

    /// <summary>
    /// True when the child has it to give. A trait that is forbidden needs no word: a child with any such host was not chosen. The three classes that every host has
    /// are only named to be other than the flavor's own numbers, as flavors for bare metal do.
    /// </summary>
    public static bool IsPassed(string key, string value, CustomNames known)
    {
        if (Asked().Match(key) is not { Success: true } asked)
        {
            return false;
        }

        var name = asked.Groups["name"].Value;
        return asked.Groups["kind"].Value == "trait"
            ? value == "required" && (TraitMap.IsFromTheChild(name) || known.Traits.Contains(name))
            : name is PlacementCapacity.Vcpu or PlacementCapacity.MemoryMb or PlacementCapacity.DiskGb || known.Classes.Contains(name);
    }

    /// <summary>Whether it belongs to a group of its own.</summary>
    public static bool IsGrouped(string key) => Asked().Match(key) is { Success: true } asked && asked.Groups["group"].Length > 0;

    [GeneratedRegex("^(?<kind>resources|trait)(?<group>[a-zA-Z0-9_-]{1,64})?:(?<name>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asked();
}
