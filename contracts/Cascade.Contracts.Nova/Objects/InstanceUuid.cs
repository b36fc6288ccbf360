using Cascade.Contracts.Nova.Faults;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Nova.Objects;

/// <summary>Which instance a message is about.</summary>
public static class InstanceUuid
{
    /// <param name="instance">As it came.</param>
    /// <param name="method">What was asked, for the reader of the fault.</param>
    /// <exception cref="RpcFault">It says no uuid.</exception>
    public static string Uuid(this VersionedObject instance, string method) =>
        instance.Text("uuid") ?? throw NovaFaults.Failed($"{method}: the instance came without its uuid");
}
