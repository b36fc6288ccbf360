using System.Globalization;
using System.Text.RegularExpressions;
using Cascade.OpenStack;

namespace Cascade.L2Proxy.Networks;

/// <summary>"Requested MTU is too big, maximum is %d" (neutron/plugins/ml2/plugin.py: _get_network_mtu).</summary>
internal static partial class MtuFault
{
    public static bool Is(CloudFault fault) => fault.Kind is FaultKind.Invalid && fault.Message.Contains("MTU", StringComparison.Ordinal);

    /// <summary>What the child can; null when it does not say.</summary>
    public static int? Largest(CloudFault fault) =>
        Maximum().Match(fault.Message) is { Success: true } found ? int.Parse(found.Groups["size"].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex("maximum is (?<size>[0-9]{3,5})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Maximum();
}
