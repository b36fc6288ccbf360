using System.Text.Json.Nodes;

namespace Cascade.Oslo.Wire.Failures;

/// <summary>
/// A Python exception as it crosses the wire, in both directions: thrown by a handler it becomes the caller's exception, and a
/// remote failure arrives as one (oslo_messaging/_drivers/common.py: serialize_remote_exception, deserialize_remote_exception).
/// </summary>
public sealed class RpcFault : Exception
{
    /// <param name="module">The Python module, for instance <c>nova.exception</c>; callers re-create only classes of modules they allow.</param>
    /// <param name="class">The Python class in that module.</param>
    /// <param name="message">The formatted text: it becomes <c>args[0]</c>.</param>
    /// <param name="kwargs">The values the text was made of, and <c>code</c>.</param>
    /// <param name="traceback">
    /// Lines for the caller's log; never .NET names. Null sends one line that names the fault, an empty list sends none: a caller appends the lines to the
    /// text of the exception, which cinder shows to its tenants.
    /// </param>
    public RpcFault(string module, string @class, string message, JsonObject? kwargs = null, IReadOnlyList<string>? traceback = null, Exception? inner = null)
        : base(message, inner)
    {
        Module = module;
        Class = @class;
        Kwargs = kwargs ?? [];
        Traceback = traceback ?? [];
        IsBare = traceback is { Count: 0 };
    }

    public string Module { get; }

    public string Class { get; }

    public JsonObject Kwargs { get; }

    public IReadOnlyList<string> Traceback { get; }

    /// <summary>True when it is to be sent without a line for the caller's log.</summary>
    internal bool IsBare { get; }

    /// <summary>The exception's positional arguments when they are not just the message.</summary>
    public JsonArray? Arguments { get; init; }

    /// <summary>True for this Python class name, whatever its module: two releases may move a class.</summary>
    public bool Is(string @class) => Class == @class;

    public override string ToString() => $"{Module}.{Class}: {Message}";
}
