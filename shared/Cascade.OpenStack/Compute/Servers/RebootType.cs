namespace Cascade.OpenStack.Compute;

public enum RebootType
{
    Soft,
    Hard,
}
