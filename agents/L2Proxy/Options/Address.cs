using System.Net;
using Cascade.Oslo.Config;

namespace Cascade.L2Proxy;

/// <summary>An option that is an IP address.</summary>
internal static class Address
{
    public static string? Read(OptionGroup group, string name, string help)
    {
        var text = group.Text(name, null, help, new() { Sample = "192.0.2.11" });
        if (text is not null && !IPAddress.TryParse(text, out _))
        {
            group.Reader.Fault($"[{group.Name}] {name}: '{text}' is no IP address");
            return null;
        }

        return text;
    }
}
