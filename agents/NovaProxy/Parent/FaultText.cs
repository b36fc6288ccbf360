using System.Text;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.NovaProxy.Parent;

/// <summary>A failure in the words the parent shows to its users: never a .NET name (nova/compute/utils.py: exception_to_dict).</summary>
internal static class FaultText
{
    /// <summary>nova/objects/instance_fault.py: the column holds 255 bytes.</summary>
    const int MaxMessage = 255;

    /// <summary>Our own faults speak; of anything else a tenant sees only that it failed, the rest is in our log.</summary>
    public static string Message(Exception fault) => Cut(fault is RpcFault spoken ? spoken.Message : "The proxy host failed to do this.");

    /// <summary>What administrators see.</summary>
    public static string Details(Exception fault) => fault is RpcFault spoken
        ? string.Join("", spoken.Traceback.Append($"{spoken.Module}.{spoken.Class}: {spoken.Message}\n"))
        : $"{fault.Message}\n";

    public static int Code(Exception fault) =>
        fault is RpcFault spoken && spoken.Kwargs["code"]?.GetValueKind() == System.Text.Json.JsonValueKind.Number ? (int)spoken.Kwargs["code"]! : 500;

    /// <summary>At most 255 bytes of UTF-8, whole characters (nova/utils.py: safe_truncate).</summary>
    internal static string Cut(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= MaxMessage)
        {
            return text;
        }

        var bytes = 0;
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxMessage)
            {
                break;
            }

            kept.Append(rune);
        }

        return kept.ToString();
    }
}
