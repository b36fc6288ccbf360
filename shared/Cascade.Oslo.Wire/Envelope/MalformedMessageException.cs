namespace Cascade.Oslo.Wire.Envelope;

/// <summary>A body that no oslo.messaging peer can read; the text says what is wrong with it, never what stands in it.</summary>
public sealed class MalformedMessageException(string reason, Exception? inner = null) : Exception(reason, inner);
