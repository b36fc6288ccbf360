namespace Cascade.Oslo.Wire.Envelope;

/// <summary>The 32 hexadecimal digits that name a message, a call or a queue (uuid.uuid4().hex).</summary>
public static class OsloId
{
    public static string New() => Guid.NewGuid().ToString("N");
}
