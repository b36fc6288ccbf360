using Cascade.Oslo.Config;

namespace Cascade.L2Proxy;

/// <summary>[cascade] vnic_types: <c>normal:normal,direct:direct</c>. A port of another type is refused: it stays DOWN, with the reason in <c>mirror list</c>.</summary>
internal static class VnicTypeMap
{
    public static IReadOnlyDictionary<string, string> Read(OptionGroup group)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in group.List("vnic_types", ["normal:normal"], "Types of ports (binding:vnic_type) of the parent that the child can hold, each with the child's: PARENT:CHILD, …"))
        {
            if (pair.Split(':', StringSplitOptions.TrimEntries) is [{ Length: > 0 } parent, { Length: > 0 } child])
            {
                map[parent] = child;
            }
            else
            {
                group.Reader.Fault($"[{group.Name}] vnic_types: '{pair}' is not PARENT:CHILD");
            }
        }

        return map;
    }
}
