using Cascade.Oslo.Wire.Failures;

namespace Cascade.Oslo.Messaging.Rpc;

/// <summary>
/// The request can never be served as it is: no such method, a version nobody has, arguments that cannot be read. A call hears the fault as
/// from a native server; a cast, which nobody hears, goes to the dead letters instead of getting lost.
/// </summary>
public sealed class UnservableException(RpcFault fault) : Exception(fault.Message, fault)
{
    public RpcFault Fault => fault;
}
