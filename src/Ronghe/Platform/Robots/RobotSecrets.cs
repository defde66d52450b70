using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Ronghe.Platform.Robots;

/// <summary>Token and secret of each robot, readable as that robot's alone.</summary>
public sealed class RobotSecrets(IDataProtectionProvider protection)
{
    public SealedAddress Seal(Guid robotId, RobotAddress address)
    {
        var protector = ProtectorOf(robotId);
        return new(address.Platform, address.Target.Origin, address.Hint, address.Hash, protector.Protect(Encoding.UTF8.GetBytes(address.Target.Token)),
            address.Target.Secret is { } secret ? protector.Protect(Encoding.UTF8.GetBytes(secret)) : null);
    }

    /// <summary>Null when the server's keys have been lost since.</summary>
    public RobotTarget? Open(GroupRobot robot)
    {
        var protector = ProtectorOf(robot.Id);
        try
        {
            return new(robot.Origin, Encoding.UTF8.GetString(protector.Unprotect(robot.Token)), robot.Secret is { } secret ? Encoding.UTF8.GetString(protector.Unprotect(secret)) : null);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    IDataProtector ProtectorOf(Guid robotId) => protection.CreateProtector("ronghe.robots", robotId.ToString());
}
